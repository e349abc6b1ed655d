import type { Snapshot, StreamName } from '@atrium/protocol';
import { apply } from './apply.ts';
import { dropConversation } from './change.ts';
import type { LiveEvent } from './event.ts';
import { emptyState, fromSnapshot, type LiveState } from './live-state.ts';
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

  /** Changes what is not carried by streams: the loaded stretches of history. */
  setMessages(messages: LiveState['messages']): void {
    this.#state = { ...this.#state, messages };
  }

  /** Takes an event in. @returns what was applied, in order */
  offer(event: LiveEvent): LiveEvent[] {
    return this.#applyAll(this.tracker.offer(event));
  }

  /**
   * Starts over from a snapshot. Loaded history of conversations that moved on meanwhile is gone.
   * @returns streams whose position is another one than before, and what was applied since
   */
  restart(snapshot: Snapshot): { moved: StreamName[]; applied: LiveEvent[] } {
    const before = this.tracker.positions();
    const { messages } = this.#state;
    const ready = this.tracker.restart(snapshot.asOf);
    const streams = new Set([...Object.keys(before), ...Object.keys(snapshot.asOf)] as StreamName[]);
    const moved = [...streams].filter((stream) => before[stream] !== snapshot.asOf[stream]);
    const kept = Object.entries(messages).filter(([id]) => !moved.includes(`conversation:${id}`));
    this.#state = { ...fromSnapshot(snapshot), messages: Object.fromEntries(kept) };
    return { moved, applied: this.#applyAll(ready) };
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
    const id = stream.slice(stream.indexOf(':') + 1);
    if (stream.startsWith('conversation:')) this.#state = { ...this.#state, ...dropConversation(this.#state, id) };
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
    const entered = enteredBy(event);
    if (entered) {
      const at = this.tracker.position(entered.stream);
      // Known already, and further: the state that comes with the event is older than what is here.
      if (at !== undefined && entered.asOf !== null && at > entered.asOf) return [];
      this.#state = apply(this.#state, event);
      if (entered.asOf !== null) return this.tracker.start(entered.stream, entered.asOf);
      // What still comes of it is not for this role.
      this.tracker.drop(entered.stream);
      return [];
    }
    const conversations = Object.keys(this.#state.conversations);
    this.#state = apply(this.#state, event);
    if (event.type === 'workspace:left') this.tracker.drop(`workspace:${event.data.workspaceId}`);
    if (event.type === 'conversation:left') this.tracker.drop(`conversation:${event.data.conversationId}`);
    if (event.type === 'workspace:left') {
      for (const id of conversations) {
        if (!(id in this.#state.conversations)) this.tracker.drop(`conversation:${id}`);
      }
    }
    return [];
  }
}

/** The stream that an event of one's own brings along. */
function enteredBy(event: LiveEvent): { stream: StreamName; asOf: number | null } | undefined {
  if (event.type === 'workspace:joined') {
    return { stream: `workspace:${event.data.workspace.id}`, asOf: event.data.asOf };
  }
  if (event.type === 'conversation:joined') {
    return { stream: `conversation:${event.data.conversation.id}`, asOf: event.data.asOf };
  }
  return undefined;
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
