import { type StreamKind, type StreamName, type SyncPage, sizes } from '@atrium/protocol';
import type { Database, Executor } from '../database/index.ts';
import type { Audience } from './audience.ts';
import type { ReaderViews, StoredEvent } from './event.ts';
import type { LiveEvent } from './live-event.ts';
import { followedIds, readEpoch, readEventsAfter, type StreamRange, streamRanges } from './store.ts';
import { missedViewFor, viewFor } from './view.ts';

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
  const followed = await followedIds(
    db,
    audiences.map(({ followedBy }) => followedBy(userId)),
  );
  return audiences.flatMap(({ kind }, at) => (followed[at] ?? []).map((id): StreamName => `${kind}:${id}`));
}

/** The subset of the streams that a user may read. */
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
    for (const id of await readableIds(db, audience, userId, ids)) readable.add(`${audience.kind}:${id}`);
  }
  return readable;
}

async function readableIds(
  db: Executor,
  audience: Audience,
  userId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (audience.readableBy !== undefined) return audience.readableBy(db, userId, ids);
  const [followed = []] = await followedIds(db, [audience.followedBy(userId)]);
  return followed.filter((id) => ids.includes(id));
}

/** The outcome for one stream of a resuming client. */
export type Resumption = 'current' | 'behind' | 'reset';

/**
 * A client can resume from `last` only if all later events are still in the log and are not too many.
 * @param range undefined if the stream has never had an event
 */
export function resumption(last: number, range: Pick<StreamRange, 'floor' | 'seq'> | undefined): Resumption {
  const { floor, seq } = range ?? { floor: 0, seq: 0 };
  if (last > seq || last < floor || seq - last > sizes.syncLag) return 'reset';
  return last === seq ? 'current' : 'behind';
}

/**
 * Maximum characters of data per page. A page is sent in one piece and must stay far below the backlog limit of slow
 * readers, who would otherwise be disconnected in every attempt to catch up.
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

/** Reads the events that clients have missed. */
export interface Sync {
  /**
   * One page of the events after the given positions. Streams that the user may not read, that do not exist, or whose
   * tail is pruned are returned under `reset`.
   * @param epoch known to the client; if it differs from the database's, every stream is reset
   */
  page(userId: string, since: Readonly<Record<StreamName, number>>, epoch?: string): Promise<SyncPage>;
}

/** @param render renders stored events */
export function createSync(deps: {
  database: Database;
  audiences(): readonly Audience[];
  readerViews(): ReaderViews;
  render: (events: readonly StoredEvent[]) => Promise<LiveEvent[]>;
}): Sync {
  const { database, audiences, readerViews, render } = deps;
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
      const written = viewFor(userId, await render(stored));
      const events = fitPage(await missedViewFor(database.db, readerViews(), userId, written));
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
 * The part that the user may read, in one snapshot: nothing from after their removal, and no gap where the tail is
 * being pruned.
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
