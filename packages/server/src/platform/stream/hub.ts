import type { StreamName } from '@atrium/protocol';
import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { Renderers } from './event.ts';
import { FollowerIndex } from './follower-index.ts';
import type { CommittedEvent, LiveEvent } from './live-event.ts';
import { type Follower, Pump, type PumpSource } from './pump.ts';
import { isReady, renderEvents, showReady } from './render.ts';
import { readEvents, streamRanges, streamSeqs } from './store.ts';

/** How often the heads of all followed streams are polled; the maximum delay of an event whose hint was lost. */
const HEADS_EVERY_MS = 1_000;

/** What the hub needs from the sockets. */
export interface HubListener {
  /** A user's sockets must start or stop following streams; the hub does not know all sockets. */
  follow(userId: string, streams: readonly StreamName[]): void;
  unfollow(userId: string, streams: readonly StreamName[]): void;
  disconnect(userId: string, sessionIds: readonly string[]): void;
}

/** Passes on events that this node has just committed, with data that is already available. */
export type Publish = (events: readonly CommittedEvent[]) => void;

/** All pumps of this node. */
export interface StreamHub {
  /** Events that this node has just committed. */
  committed: Publish;
  /** A stream's head, reported by another node. */
  hint(stream: StreamName, head: number): void;
  /** Polls the heads of all followed streams now, because hints may have been lost. */
  lookNow(): void;
  /**
   * Starts to deliver the events of these streams to the follower. Rejects if the database cannot return their heads;
   * then it follows none of them.
   * @returns the positions after which events are delivered
   */
  follow(follower: Follower, streams: readonly StreamName[]): Promise<Map<StreamName, number>>;
  unfollow(follower: Follower, streams?: readonly StreamName[]): void;
  /** The streams that the follower follows, with the position of the last event delivered. */
  positions(follower: Follower): Map<StreamName, number>;
  /** Whether the follower follows one of the streams. */
  isFollowing(follower: Follower, streams: readonly StreamName[]): boolean;
  /** All followers of at least one of the streams on this node, each once. */
  followersOf(streams: readonly StreamName[]): Set<Follower>;
  /** Renders stored events. */
  render(events: readonly CommittedEvent[]): Promise<LiveEvent[]>;
  listen(listener: HubListener): void;
  /** How often events had to be read because no hint arrived. */
  readonly counters: { gapReads: number; failedReads: number };
  /**
   * The number of followed streams on this node, and the largest number of events by which one of them is behind its
   * head.
   */
  status(): { streams: number; lag: number };
  /** @param renderers of all modules, needed before anything can be rendered */
  start(renderers: Renderers): void;
  stop(): void;
}

/** Creates the hub of a node. */
export function createStreamHub(deps: { database: Database; log: Logger }): StreamHub {
  const { database, log } = deps;
  const pumps = new Map<StreamName, Pump>();
  const index = new FollowerIndex<Follower, StreamName>();
  const counters = { gapReads: 0, failedReads: 0 };
  let listener: HubListener | undefined;
  let timer: NodeJS.Timeout | undefined;
  let renderers: Renderers = {};
  let asking = false;

  /** Rendering uses one snapshot: a row and the `asOf` beside it belong together. */
  const render = (events: readonly CommittedEvent[]) =>
    events.every((event) => isReady(event, renderers))
      ? Promise.resolve(events.map(showReady))
      : database.transaction((tx) => renderEvents(tx, renderers, events), {
          isolation: 'repeatable read',
          readOnly: true,
        });

  const source: PumpSource = {
    async read(stream, after, limit) {
      counters.gapReads += 1;
      return render(await readEvents(database.db, stream, after, limit));
    },
    render,
    showReady: (event) => (isReady(event, renderers) ? showReady(event) : undefined),
    applyEffect,
    failed(stream, error) {
      counters.failedReads += 1;
      log.warn({ err: error, stream }, 'could not read a stream; retrying');
    },
  };

  function applyEffect({ effect, meta }: LiveEvent): void {
    if (effect === undefined) return;
    const owner = meta.stream.slice(meta.stream.indexOf(':') + 1);
    for (const userId of effect.leave ?? []) {
      for (const follower of pumps.get(meta.stream)?.followers ?? []) {
        if (follower.userId === userId) unfollow(follower, [meta.stream]);
      }
    }
    if (effect.unfollow) listener?.unfollow(owner, effect.unfollow);
    if (effect.follow) listener?.follow(owner, effect.follow);
    if (effect.disconnect) listener?.disconnect(owner, effect.disconnect);
  }

  const headsOf = (streams: readonly StreamName[]) => streamSeqs(database.db, streams);

  async function follow(follower: Follower, streams: readonly StreamName[]): Promise<Map<StreamName, number>> {
    // Joined before the head is read: the pump keeps events committed in between.
    const joined = streams.map((stream) => {
      let pump = pumps.get(stream);
      if (pump === undefined) {
        pump = new Pump(stream, source);
        pumps.set(stream, pump);
      }
      pump.followers.add(follower);
      index.add(follower, stream);
      return pump;
    });
    const unknown = joined.filter((pump) => pump.delivered === undefined);
    const heads = await headsOf(unknown.map((pump) => pump.stream)).catch((error: unknown) => {
      // A pump that does not know where to start would block its followers forever.
      unfollow(follower, streams);
      throw error;
    });
    for (const pump of unknown) if (pump.delivered === undefined) pump.start(heads.get(pump.stream) ?? 0);
    return new Map(joined.map((pump) => [pump.stream, pump.delivered ?? 0]));
  }

  function unfollow(follower: Follower, streams: readonly StreamName[] = [...index.of(follower)]): void {
    for (const stream of streams) {
      index.remove(follower, stream);
      const pump = pumps.get(stream);
      pump?.followers.delete(follower);
      if (pump?.followers.size === 0) pumps.delete(stream);
    }
  }

  async function askHeads(): Promise<void> {
    for (const { name, seq } of await streamRanges(database.db, [...pumps.keys()])) pumps.get(name)?.poke(seq);
  }

  function lookNow(): void {
    if (asking || pumps.size === 0) return;
    asking = true;
    askHeads()
      .catch((error: unknown) => log.debug({ err: error }, 'could not read stream heads; retrying'))
      .finally(() => {
        asking = false;
      });
  }

  function status(): { streams: number; lag: number } {
    let lag = 0;
    for (const pump of pumps.values()) lag = Math.max(lag, pump.lag);
    return { streams: pumps.size, lag };
  }

  return {
    counters,
    status,
    follow,
    unfollow,
    render,
    committed(events) {
      for (const group of groupByStream(events)) pumps.get(group[0].stream)?.feed(group);
    },
    hint: (stream, head) => pumps.get(stream)?.poke(head),
    lookNow,
    positions: (follower) =>
      new Map([...index.of(follower)].map((stream) => [stream, pumps.get(stream)?.delivered ?? 0])),
    isFollowing(follower, streams) {
      const followed = index.of(follower);
      return streams.some((stream) => followed.has(stream));
    },
    followersOf: (streams) => new Set(streams.flatMap((stream) => [...(pumps.get(stream)?.followers ?? [])])),
    listen(next) {
      listener = next;
    },
    start(all) {
      renderers = all;
      timer = setInterval(lookNow, HEADS_EVERY_MS);
    },
    stop() {
      clearInterval(timer);
      pumps.clear();
    },
  };
}

type Group = [CommittedEvent, ...CommittedEvent[]];

function groupByStream(events: readonly CommittedEvent[]): Group[] {
  const groups = new Map<StreamName, Group>();
  for (const event of events) {
    const group = groups.get(event.stream);
    if (group) group.push(event);
    else groups.set(event.stream, [event]);
  }
  return [...groups.values()];
}
