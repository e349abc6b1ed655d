import type { Snapshot, StreamName } from '@atrium/protocol';
import type { LiveEvent } from './event.ts';
import { apply, closedBy, emptyState, forget, type LiveState, openedBy, renew } from './live-state.ts';
import type { OpenedStream } from './slice.ts';
import { StreamTracker } from './stream-tracker.ts';

/** The live state and its position in each stream, updated by events in any order. Without sockets and clock. */
export class LiveFeed {
  readonly tracker = new StreamTracker<LiveEvent>();
  #state: LiveState = emptyState;

  get state(): LiveState {
    return this.#state;
  }

  /** Changes state that is not from streams, such as loaded history. */
  change(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Receives an event. @returns the applied events, in order */
  offer(event: LiveEvent): LiveEvent[] {
    return this.#applyAll(this.tracker.offer(event));
  }

  /**
   * Starts over from a snapshot. Loaded parts of streams that moved in the meantime are dropped.
   * @returns streams whose position changed, and the events applied since
   */
  restart(snapshot: Snapshot): { moved: StreamName[]; applied: LiveEvent[] } {
    const before = this.tracker.positions();
    const ready = this.tracker.restart(snapshot.asOf);
    const streams = new Set([...Object.keys(before), ...Object.keys(snapshot.asOf)] as StreamName[]);
    const moved = [...streams].filter((stream) => before[stream] !== snapshot.asOf[stream]);
    this.#state = renew(this.#state, snapshot, new Set(moved));
    return { moved, applied: this.#applyAll(ready) };
  }

  /** Restores a stored state, with its position in each stream. */
  resume(state: LiveState, positions: Readonly<Record<string, number>>): void {
    this.tracker.restart(positions);
    this.#state = { ...emptyState, ...state };
  }

  /** Deletes everything: another user has signed in. */
  clear(): void {
    this.tracker.clear();
    this.#state = emptyState;
  }

  /** Stops waiting for a snapshot. @returns the applied events */
  release(): LiveEvent[] {
    return this.#applyAll(this.tracker.release());
  }

  /**
   * Drops a stream that is no longer readable, with its state. A workspace stays, as it may with another role, until
   * the user's stream says that it was left.
   */
  drop(stream: StreamName): void {
    this.tracker.drop(stream);
    this.#state = forget(this.#state, stream);
  }

  #applyAll(ready: LiveEvent[]): LiveEvent[] {
    const applied: LiveEvent[] = [];
    const queue = [...ready];
    for (let event = queue.shift(); event; event = queue.shift()) {
      queue.unshift(...this.#applyOne(event));
      applied.push(event);
    }
    return applied;
  }

  /** @returns the events that waited for this one */
  #applyOne(event: LiveEvent): LiveEvent[] {
    const opened = openedBy(event);
    if (opened) return this.#open(opened, event);
    const closed = closedBy(event, this.#state);
    this.#state = apply(this.#state, event);
    for (const stream of closed) this.tracker.drop(stream);
    return [];
  }

  #open({ asOf, stream }: OpenedStream, event: LiveEvent): LiveEvent[] {
    const at = this.tracker.position(stream);
    // Already known, and further: the state in the event is older than the current one.
    if (at !== undefined && asOf !== null && at > asOf) return [];
    this.#state = apply(this.#state, event);
    if (asOf !== null) return this.tracker.start(stream, asOf);
    // Further events are not for this role.
    this.tracker.drop(stream);
    return [];
  }
}

/**
 * The state after a snapshot and later events, in any order, with or without repetitions; events of streams that are
 * not followed are left out.
 */
export function replay(snapshot: Snapshot, events: readonly LiveEvent[]): LiveState {
  const feed = new LiveFeed();
  feed.restart(snapshot);
  for (const event of events) feed.offer(event);
  return feed.state;
}
