import type { EventData, Snapshot, StreamName, SyncPage } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';
import { backoffMs } from '../backoff.ts';
import { retryAfterMsOf } from '../error.ts';
import type { KeptState } from '../keeping/kept-state.ts';
import type { LiveEvent } from '../state/event.ts';
import type { LiveFeed } from '../state/live-feed.ts';

/** The server's answers to a client that has missed events. */
export interface SyncPort {
  resume(since: Record<StreamName, number>, epoch: string): Promise<SyncPage>;
  sync(stream: StreamName, after: number): Promise<SyncPage>;
  snapshot(): Promise<Snapshot>;
}

/** How often missed events had to be fetched. */
export interface SyncCounters {
  /** Gaps in one stream that were read from the log. */
  syncs: number;
  /** Pages over several streams. */
  resumes: number;
  snapshots: number;
}

export interface SynchroniserOptions {
  feed: LiveFeed;
  port: SyncPort;
  random: () => number;
  /** Events that have just been applied, in order. */
  onApplied(events: readonly LiveEvent[]): void;
  /** Once after each hello: the state contains everything up to that time. */
  onSynced(): void;
  /** The state was replaced by a snapshot; the events of these streams in between were not emitted. */
  onReset(streams: readonly StreamName[]): void;
  onError(error: unknown): void;
}

/** Events after a gap have often only arrived a moment too early. */
const GAP_WAIT_MS = 200;
const BACKOFF = { baseMs: 300, maxMs: 5_000 };

/** Keeps a feed complete: fetches missed events. One request at a time. */
export class Synchroniser {
  readonly counters: SyncCounters = { syncs: 0, resumes: 0, snapshots: 0 };
  readonly #options: SynchroniserOptions;
  #epoch: string | undefined;
  #userId: string | undefined;
  #online = false;
  #needsSnapshot = true;
  #checkAll = false;
  #busy = false;
  #isSynced = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #promised: Readonly<Record<string, number>> = {};

  constructor(options: SynchroniserOptions) {
    this.#options = options;
  }

  /** A connection is open: from these heads on, events arrive. */
  hello({ epoch, heads, userId }: EventData['hello']): void {
    const { tracker } = this.#options.feed;
    const position = (stream: string) => tracker.position(stream as StreamName);
    this.#online = true;
    this.#isSynced = false;
    this.#failures = 0;
    if (userId !== this.#userId) this.#options.feed.clear();
    else if (epoch !== this.#epoch) tracker.clear();
    if (epoch !== this.#epoch || userId !== this.#userId) this.#needsSnapshot = true;
    // A node may lag behind what was read from another, or the log may be a shorter one: the server decides.
    else if (Object.keys(heads).some((of) => (position(of) ?? 0) > (heads[of] ?? 0))) this.#checkAll = true;
    this.#epoch = epoch;
    this.#userId = userId;
    this.#promised = heads;
    if (!this.#needsSnapshot) this.#dropAbsent(heads);
    this.heads(heads);
    this.#kick(0);
  }

  /** The log and the user that the feed follows; undefined while its state is not complete. */
  get followed(): { epoch: string; userId: string } | undefined {
    if (this.#needsSnapshot || this.#epoch === undefined || this.#userId === undefined) return undefined;
    return { epoch: this.#epoch, userId: this.#userId };
  }

  /** Continues from a stored state. @returns false if the server has already sent something */
  resume({ epoch, positions, state, userId }: Pick<KeptState, 'epoch' | 'positions' | 'state' | 'userId'>): boolean {
    if (this.#epoch !== undefined) return false;
    this.#options.feed.resume(state, positions);
    this.#epoch = epoch;
    this.#userId = userId;
    this.#needsSnapshot = false;
    return true;
  }

  /** The connection was lost; the next hello continues. */
  pause(): void {
    this.#online = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** An event arrived. */
  offer(event: LiveEvent): void {
    const applied = this.#options.feed.offer(event);
    if (applied.length > 0) this.#options.onApplied(applied);
    this.#watchGaps();
  }

  /** A beacon arrived: events that it knows and this client does not are lost, or about to arrive. */
  heads(heads: Readonly<Record<string, number>>): void {
    for (const [stream, seq] of Object.entries(heads)) this.#options.feed.tracker.noteHead(stream as StreamName, seq);
    this.#watchGaps();
  }

  /** Asks the server about every stream now. */
  check(): void {
    this.#checkAll = true;
    this.#kick(0);
  }

  /** Streams that may no longer be followed. */
  #dropAbsent(heads: Readonly<Record<string, number>>): void {
    const { feed, onReset } = this.#options;
    const absent = (Object.keys(feed.tracker.positions()) as StreamName[]).filter((stream) => !(stream in heads));
    for (const stream of absent) feed.drop(stream);
    if (absent.length > 0) onReset(absent);
  }

  #watchGaps(): void {
    if (this.#timer === undefined && !this.#busy && this.#options.feed.tracker.behind().length > 0) {
      this.#kick(GAP_WAIT_MS);
    }
  }

  #kick(afterMs: number): void {
    if (!this.#online || this.#busy) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run();
    }, afterMs);
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      do {
        await this.#step();
        this.#failures = 0;
      } while (this.#online && (this.#needsSnapshot || this.#checkAll));
      this.#busy = false;
      this.#emitSynced();
      this.#watchGaps();
    } catch (error) {
      this.#busy = false;
      // A lost connection is not a failure: the next hello continues.
      if (this.#online) this.#options.onError(error);
      this.#kick(retryAfterMsOf(error) ?? GAP_WAIT_MS + backoffMs(BACKOFF, this.#failures++, this.#options.random()));
    }
  }

  #emitSynced(): void {
    if (this.#isSynced || !this.#online) return;
    this.#isSynced = true;
    this.#options.onSynced();
  }

  async #step(): Promise<void> {
    const { tracker } = this.#options.feed;
    if (this.#needsSnapshot) {
      await this.#restart();
      return;
    }
    const streams = this.#checkAll ? (Object.keys(tracker.positions()) as StreamName[]) : tracker.behind();
    this.#checkAll = false;
    for (let at = 0; at < streams.length && !this.#needsSnapshot; at += sizes.resumeStreams) {
      await this.#catchUp(streams.slice(at, at + sizes.resumeStreams));
    }
    // A stream in the hello that nothing since has opened: only a snapshot contains it.
    if (Object.keys(this.#promised).some((of) => tracker.position(of as StreamName) === undefined)) {
      this.#needsSnapshot = true;
    }
    this.#promised = {};
  }

  async #restart(): Promise<void> {
    const { feed, onApplied, onReset, port } = this.#options;
    feed.tracker.hold();
    this.counters.snapshots += 1;
    const snapshot = await port.snapshot().catch((error: unknown) => {
      onApplied(feed.release());
      throw error;
    });
    this.#needsSnapshot = false;
    // Streams left since the hello are not expected any more; a second snapshot would not contain them either.
    this.#promised = {};
    this.#epoch = snapshot.epoch;
    const { applied, moved } = feed.restart(snapshot);
    onReset(moved);
    onApplied(applied);
  }

  /** Reads all missed events of these streams, page by page. */
  async #catchUp(streams: readonly StreamName[]): Promise<void> {
    const { feed, onApplied } = this.#options;
    let since = this.#positionsOf(streams);
    while (Object.keys(since).length > 0) {
      const page = await this.#page(since);
      if (page.reset.some((stream) => feed.tracker.position(stream as StreamName) !== undefined)) {
        this.#needsSnapshot = true;
        return;
      }
      onApplied((page.events as LiveEvent[]).flatMap((event) => feed.offer(event)));
      const now = this.#positionsOf(Object.keys(since) as StreamName[]);
      const moved = Object.entries(since).some(([stream, at]) => now[stream as StreamName] !== at);
      if (!page.more || !moved) {
        for (const [stream, head] of Object.entries(page.heads)) feed.tracker.setHead(stream as StreamName, head);
        return;
      }
      since = now;
    }
  }

  async #page(since: Record<StreamName, number>): Promise<SyncPage> {
    const { port } = this.#options;
    const [only, ...others] = Object.keys(since) as StreamName[];
    if (only !== undefined && others.length === 0) {
      this.counters.syncs += 1;
      return port.sync(only, since[only] ?? 0);
    }
    this.counters.resumes += 1;
    return port.resume(since, this.#epoch ?? '');
  }

  #positionsOf(streams: readonly StreamName[]): Record<StreamName, number> {
    const { tracker } = this.#options.feed;
    return Object.fromEntries(
      streams.flatMap((stream) => {
        const at = tracker.position(stream);
        return at === undefined ? [] : [[stream, at]];
      }),
    );
  }
}
