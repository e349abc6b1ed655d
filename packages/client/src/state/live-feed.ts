import type { Snapshot, StreamName } from '@atrium/protocol';
import type { LiveEvent } from './event.ts';
import { apply, closedBy, emptyState, forget, type LiveState, openedBy, renew } from './live-state.ts';
import type { OpenedStream } from './slice.ts';
import { StreamTracker } from './stream-tracker.ts';

/**
 * The live state and its place in each stream, moved on by events in whatever order they come. No sockets, no clock.
 */
export class LiveFeed {
  readonly tracker = new StreamTracker<LiveEvent>();
  #state: LiveState = emptyState;

  get state(): LiveState {
    return this.#state;
  }

  /** Changes what streams do not carry, such as the loaded stretches of history. */
  change(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Takes an event in. @returns what was applied, in order */
  offer(event: LiveEvent): LiveEvent[] {
    return this.#applyAll(this.tracker.offer(event));
  }

  /**
   * Starts over from a snapshot. What was loaded of streams that moved on meanwhile is gone.
   * @returns streams whose position is another one than before, and what was applied since
   */
  restart(snapshot: Snapshot): { moved: StreamName[]; applied: LiveEvent[] } {
    const before = this.tracker.positions();
    const ready = this.tracker.restart(snapshot.asOf);
    const streams = new Set([...Object.keys(before), ...Object.keys(snapshot.asOf)] as StreamName[]);
    const moved = [...streams].filter((stream) => before[stream] !== snapshot.asOf[stream]);
    this.#state = renew(this.#state, snapshot, new Set(moved));
    return { moved, applied: this.#applyAll(ready) };
  }

  /** Takes up a state that was stored, with its place in each stream. */
  resume(state: LiveState, positions: Readonly<Record<string, number>>): void {
    this.tracker.restart(positions);
    this.#state = { ...emptyState, ...state };
  }

  /** Forgets everything: another person has signed in. */
  clear(): void {
    this.tracker.clear();
    this.#state = emptyState;
  }

  /** Gives up waiting for a snapshot. @returns what was applied */
  release(): LiveEvent[] {
    return this.#applyAll(this.tracker.release());
  }

  /**
   * Forgets a stream that is no longer readable, with the state it carries. A workspace stays, as it may with another
   * role, until one's own stream says that it is left.
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

  /** @returns what waited for this event */
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
    // Known already, and further: the state that comes with the event is older than what is here.
    if (at !== undefined && asOf !== null && at > asOf) return [];
    this.#state = apply(this.#state, event);
    if (asOf !== null) return this.tracker.start(stream, asOf);
    // What still comes of it is not for this role.
    this.tracker.drop(stream);
    return [];
  }
}

/**
 * The state after a snapshot and what came since, in any order, doubled or not; events of streams that are not followed
 * are left out.
 */
export function replay(snapshot: Snapshot, events: readonly LiveEvent[]): LiveState {
  const feed = new LiveFeed();
  feed.restart(snapshot);
  for (const event of events) feed.offer(event);
  return feed.state;
}
