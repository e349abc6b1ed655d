import type { StreamName } from '@atrium/protocol';

/** An item with a position in a stream. */
export interface Placed {
  readonly meta: { readonly stream: StreamName; readonly seq: number };
}

/** Maximum number of waiting events, of one stream and of all; others are requested again. */
const MOST_PARKED = { ofStream: 1_000, inAll: 10_000 };

/**
 * Tracks the position of each stream, and events that arrived too early. Releases every event exactly once and in
 * order, whatever is lost, repeated or reordered: the next number is released, an older one is dropped, a later one
 * waits for the gap to close.
 */
export class StreamTracker<Event extends Placed> {
  readonly #positions = new Map<StreamName, number>();
  readonly #heads = new Map<StreamName, number>();
  readonly #parked = new Map<StreamName, Map<number, Event>>();
  #parkedInAll = 0;
  #held = false;

  /** The last released event, by stream. */
  positions(): Record<StreamName, number> {
    return Object.fromEntries(this.#positions);
  }

  /** undefined: the stream is not followed. */
  position(stream: StreamName): number | undefined {
    return this.#positions.get(stream);
  }

  /** Adds an event. @returns the events that can be applied now, in order */
  offer(event: Event): Event[] {
    const { seq, stream } = event.meta;
    const position = this.#positions.get(stream);
    // While a snapshot is awaited, it is unknown which numbers are old.
    if (!this.#held && position !== undefined && seq <= position) return [];
    this.noteHead(stream, seq);
    if (!this.#held && position !== undefined && seq === position + 1) {
      this.#positions.set(stream, seq);
      return [event, ...this.#drain(stream)];
    }
    this.#park(event);
    return [];
  }

  /** Starts to follow a stream, or jumps ahead in it. @returns the events that can be applied now */
  start(stream: StreamName, asOf: number): Event[] {
    this.#positions.set(stream, asOf);
    return this.#drain(stream);
  }

  /** Drops a stream. */
  drop(stream: StreamName): void {
    this.#positions.delete(stream);
    this.#heads.delete(stream);
    this.#unpark(stream);
  }

  /** Drops every stream: another log begins. */
  clear(): void {
    this.#positions.clear();
    this.#heads.clear();
    this.#parked.clear();
    this.#parkedInAll = 0;
  }

  /** Holds back all events from now on: a new snapshot is being loaded. */
  hold(): void {
    this.#held = true;
  }

  /** Continues without a snapshot. @returns the events that can be applied now */
  release(): Event[] {
    this.#held = false;
    return [...this.#positions.keys()].flatMap((stream) => this.#drain(stream));
  }

  /** Continues from a snapshot; other streams are dropped, events of still unknown ones are kept. */
  restart(asOf: Readonly<Record<string, number>>): Event[] {
    for (const stream of [...this.#positions.keys()]) {
      if (!(stream in asOf)) this.drop(stream);
    }
    // Former positions of a stream may be wrong, as after a restored backup.
    this.#heads.clear();
    for (const [stream, seq] of Object.entries(asOf)) this.#positions.set(stream as StreamName, seq);
    for (const [stream, waiting] of this.#parked) this.noteHead(stream, Math.max(...waiting.keys()));
    return this.release();
  }

  /** A hint that the stream has reached this position. */
  noteHead(stream: StreamName, seq: number): void {
    if (!this.#heads.has(stream) && this.#heads.size >= MOST_PARKED.inAll) return;
    this.#heads.set(stream, Math.max(seq, this.#heads.get(stream) ?? 0));
  }

  /** The position of the stream as just read from the server: corrects hints. */
  setHead(stream: StreamName, seq: number): void {
    this.#heads.set(stream, Math.max(seq, ...(this.#parked.get(stream)?.keys() ?? [])));
  }

  /** Followed streams that are known to be beyond their position. */
  behind(): StreamName[] {
    if (this.#held) return [];
    return [...this.#positions].flatMap(([stream, at]) => ((this.#heads.get(stream) ?? 0) > at ? [stream] : []));
  }

  #drain(stream: StreamName): Event[] {
    const waiting = this.#parked.get(stream);
    if (!waiting || this.#held) return [];
    const ready: Event[] = [];
    let position = this.#positions.get(stream) ?? 0;
    for (let next = waiting.get(position + 1); next; next = waiting.get(position + 1)) {
      ready.push(next);
      position += 1;
    }
    this.#positions.set(stream, position);
    for (const seq of [...waiting.keys()]) {
      if (seq <= position) this.#forget(stream, waiting, seq);
    }
    return ready;
  }

  #park(event: Event): void {
    const { seq, stream } = event.meta;
    const waiting = this.#parked.get(stream) ?? new Map<number, Event>();
    if (waiting.has(seq) || waiting.size >= MOST_PARKED.ofStream || this.#parkedInAll >= MOST_PARKED.inAll) return;
    this.#parked.set(stream, waiting.set(seq, event));
    this.#parkedInAll += 1;
  }

  #forget(stream: StreamName, waiting: Map<number, Event>, seq: number): void {
    if (waiting.delete(seq)) this.#parkedInAll -= 1;
    if (waiting.size === 0) this.#parked.delete(stream);
  }

  #unpark(stream: StreamName): void {
    this.#parkedInAll -= this.#parked.get(stream)?.size ?? 0;
    this.#parked.delete(stream);
  }
}
