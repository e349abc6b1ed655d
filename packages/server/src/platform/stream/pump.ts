import type { StreamName } from '@atrium/protocol';
import type { CommittedEvent, LiveEvent } from './live-event.ts';

/** A receiver of a stream's events, such as a socket. */
export interface Follower {
  readonly userId: string;
  readonly sessionId: string;
  /** Receives events of one stream, in order. Must neither block nor throw. */
  deliver(events: readonly LiveEvent[]): void;
}

/** Dependencies of a pump. */
export interface PumpSource {
  /** Reads the events after a position, rendered; fewer than `limit` if there are no more. */
  read(stream: StreamName, after: number, limit: number): Promise<LiveEvent[]>;
  render(events: readonly CommittedEvent[]): Promise<LiveEvent[]>;
  /** The event without a query, if possible. */
  showReady(event: CommittedEvent): LiveEvent | undefined;
  /** Applies the effects of an event on connections, before the event is delivered. */
  applyEffect(event: LiveEvent): void;
  /** Reports a failed read; the pump retries when it is next polled. */
  failed(stream: StreamName, error: unknown): void;
}

const READ_PAGE = 500;

/**
 * Emits the events of one stream in order: delivered + 1, + 2, … and nothing else. Events ahead of their turn wait;
 * missing ones are read from the log. Lost, late or duplicate hints are therefore harmless, and every node emits the
 * same order.
 */
export class Pump {
  readonly stream: StreamName;
  readonly followers = new Set<Follower>();
  private readonly source: PumpSource;
  private readonly ahead = new Map<number, CommittedEvent>();
  private position: number | undefined;
  private head = 0;
  private running = false;
  /** Something arrived while the pump was running, possibly after its last check. */
  private again = false;

  constructor(stream: StreamName, source: PumpSource) {
    this.stream = stream;
    this.source = source;
  }

  /** The number of the last event delivered; undefined until the start position is known. */
  get delivered(): number | undefined {
    return this.position;
  }

  /** Number of known events that are not delivered yet. */
  get lag(): number {
    return this.position === undefined ? 0 : Math.max(0, this.head - this.position);
  }

  /** Starts at the given position; everything after it is emitted. */
  start(position: number): void {
    this.position = position;
    for (const seq of this.ahead.keys()) if (seq <= position) this.ahead.delete(seq);
    this.wake();
  }

  /** Takes events that this node has committed, in any order. */
  feed(events: readonly CommittedEvent[]): void {
    if (!this.running && this.deliverAtOnce(events)) return;
    for (const event of events) {
      if (this.position !== undefined && event.seq <= this.position) continue;
      this.ahead.set(event.seq, event);
      this.head = Math.max(this.head, event.seq);
    }
    this.wake();
  }

  /** Sets the known head of the stream. */
  poke(head: number): void {
    this.head = Math.max(this.head, head);
    this.wake();
  }

  /** The hot path: the next events, with their data available, are delivered in the same tick. */
  private deliverAtOnce(events: readonly CommittedEvent[]): boolean {
    if (this.position === undefined || this.ahead.size > 0) return false;
    const shown: LiveEvent[] = [];
    for (const [at, event] of events.entries()) {
      const live = event.seq === this.position + 1 + at ? this.source.showReady(event) : undefined;
      if (live === undefined) return false;
      shown.push(live);
    }
    this.emit(shown);
    this.head = Math.max(this.head, this.position);
    return true;
  }

  private emit(events: readonly LiveEvent[]): void {
    let from = 0;
    for (const [at, event] of events.entries()) {
      if (event.effect === undefined) continue;
      // Those who leave must receive everything before this event, and nothing from it on.
      this.send(events.slice(from, at));
      this.position = event.meta.seq - 1;
      this.source.applyEffect(event);
      from = at;
    }
    this.send(from === 0 ? events : events.slice(from));
    this.position = events.at(-1)?.meta.seq ?? this.position;
  }

  private send(events: readonly LiveEvent[]): void {
    if (events.length === 0) return;
    for (const follower of this.followers) follower.deliver(events);
  }

  private wake(): void {
    this.again = true;
    if (this.running || this.position === undefined) return;
    this.running = true;
    this.again = false;
    this.run()
      .catch((error: unknown) => this.source.failed(this.stream, error))
      .finally(() => {
        this.running = false;
        if (this.again) this.wake();
      });
  }

  private async run(): Promise<void> {
    while (this.position !== undefined) {
      const next = this.takeNext(this.position);
      if (next.length > 0) {
        this.emit(await this.source.render(next));
      } else if (this.head > this.position) {
        if (!(await this.readMissing(this.position))) return;
      } else {
        return;
      }
    }
  }

  private takeNext(position: number): CommittedEvent[] {
    const next: CommittedEvent[] = [];
    for (let seq = position + 1; ; seq++) {
      const event = this.ahead.get(seq);
      if (event === undefined) return next;
      this.ahead.delete(seq);
      next.push(event);
    }
  }

  /** @returns whether there was anything */
  private async readMissing(position: number): Promise<boolean> {
    const events = await this.source.read(this.stream, position, READ_PAGE);
    const fresh = events.filter((event) => event.meta.seq > position);
    if (fresh.length === 0) return false;
    for (const event of fresh) this.ahead.delete(event.meta.seq);
    this.emit(fresh);
    return true;
  }
}
