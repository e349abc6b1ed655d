import { type StreamKind, type StreamName, type SyncPage, sizes } from '@atrium/protocol';
import type { Database, Executor } from '../database/index.ts';
import type { Audience } from './audience.ts';
import type { StoredEvent } from './event.ts';
import type { LiveEvent } from './live-event.ts';
import { readEpoch, readEventsAfter, type StreamRange, streamRanges } from './store.ts';
import { viewFor } from './view.ts';

/** Splits `kind:id`. */
export function parseStream(stream: StreamName): { kind: StreamKind; id: string } {
  const at = stream.indexOf(':');
  return { kind: stream.slice(0, at) as StreamKind, id: stream.slice(at + 1) };
}

/** Names of all streams that a user follows. */
export async function followedStreams(
  db: Executor,
  audiences: readonly Audience[],
  userId: string,
): Promise<StreamName[]> {
  const ids = await Promise.all(audiences.map((audience) => audience.followedBy(db, userId)));
  return audiences.flatMap(({ kind }, at) => (ids[at] ?? []).map((id): StreamName => `${kind}:${id}`));
}

/** Those of the streams that a user may read. */
export async function readableStreams(
  db: Executor,
  audiences: readonly Audience[],
  userId: string,
  streams: readonly StreamName[],
): Promise<Set<StreamName>> {
  const readable = new Set<StreamName>();
  for (const audience of audiences) {
    const ids = streams.map(parseStream).flatMap(({ kind, id }) => (kind === audience.kind ? [id] : []));
    if (ids.length === 0) continue;
    for (const id of await audience.readableBy(db, userId, ids)) readable.add(`${audience.kind}:${id}`);
  }
  return readable;
}

/** What is to be done for one stream of a resuming client. */
export type Resumption = 'current' | 'behind' | 'reset';

/**
 * A client can go on from `last` only if everything after it is still in the log and is not absurdly much.
 * @param range undefined: the stream has never had an event
 */
export function resumption(last: number, range: Pick<StreamRange, 'floor' | 'seq'> | undefined): Resumption {
  const { floor, seq } = range ?? { floor: 0, seq: 0 };
  if (last > seq || last < floor || seq - last > sizes.syncLag) return 'reset';
  return last === seq ? 'current' : 'behind';
}

/**
 * Characters of data in one page. A page goes out in one piece: it has to stay far below what may wait for a slow
 * reader, who would otherwise be cut in the middle of every attempt to catch up.
 */
const PAGE_CHARACTERS = 512 * 1024;

/** As many events as fit into a page, at least one. */
export function fitPage(events: readonly LiveEvent[]): readonly LiveEvent[] {
  let room = PAGE_CHARACTERS;
  const end = events.findIndex((event, at) => {
    room -= JSON.stringify(event.data).length;
    return room < 0 && at > 0;
  });
  return end === -1 ? events : events.slice(0, end);
}

/** Reads what clients have missed. */
export interface Sync {
  /**
   * One page of everything after the given positions.
   * Streams that the user may not read, that do not exist, or whose tail is gone come back under `reset`.
   * @param epoch what the client knows; another one than the database's resets every stream
   */
  page(userId: string, since: Readonly<Record<StreamName, number>>, epoch?: string): Promise<SyncPage>;
}

/** @param render shows stored events as they are now */
export function createSync(deps: {
  database: Database;
  audiences(): readonly Audience[];
  render: (events: readonly StoredEvent[]) => Promise<LiveEvent[]>;
}): Sync {
  const { database, audiences, render } = deps;
  return {
    async page(userId, since, epoch) {
      const streams = Object.keys(since) as StreamName[];
      if (epoch !== undefined && epoch !== (await readEpoch(database.db))) {
        return { events: [], heads: {}, more: false, reset: streams };
      }
      const { plan, stored } = await database.transaction((tx) => readPage(tx, audiences(), userId, since), {
        isolation: 'repeatable read',
        readOnly: true,
      });
      const events = fitPage(viewFor(userId, await render(stored)));
      return {
        events: events.map(({ type, data, meta }) => ({ type, data, meta })),
        heads: Object.fromEntries(
          plan.flatMap(({ stream, readable, range }) => (readable ? [[stream, range?.seq ?? 0]] : [])),
        ),
        more: stored.length === sizes.syncPage || events.length < stored.length,
        reset: plan.flatMap(({ stream, step }) => (step === 'reset' ? [stream] : [])),
      };
    },
  };
}

/**
 * What the user may read of it, all seen at one moment: nothing that was said after they were removed, and no gap where
 * the tail is being pruned.
 */
async function readPage(
  tx: Executor,
  audiences: readonly Audience[],
  userId: string,
  since: Readonly<Record<StreamName, number>>,
) {
  const streams = Object.keys(since) as StreamName[];
  const entitled = await readableStreams(tx, audiences, userId, streams);
  const ranges = new Map((await streamRanges(tx, [...entitled])).map((range) => [range.name, range]));
  const plan = streams.map((stream) => {
    const readable = entitled.has(stream);
    const range = ranges.get(stream);
    return { stream, readable, range, step: readable ? resumption(since[stream] ?? 0, range) : ('reset' as const) };
  });
  const behind = plan.flatMap(({ stream, step }): [StreamName, number][] =>
    step === 'behind' ? [[stream, since[stream] ?? 0]] : [],
  );
  return { plan, stored: await readEventsAfter(tx, new Map(behind), sizes.syncPage) };
}
