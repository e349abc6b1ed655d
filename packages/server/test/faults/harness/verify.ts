import {
  acknowledgedOnce,
  gapless,
  nothingLeft,
  onlyMembers,
  recounted,
  type StreamLog,
  sameOrder,
  storedWasInvoked,
  type View,
} from './checkers.ts';
import { leftInDatabase, readFacts, readHeads, unreadNumbers, withDatabase } from './facts.ts';
import type { History } from './history.ts';
import type { Talker } from './talker.ts';
import { until } from './until.ts';

/** Faults listed at most: one is enough to fail, ten to understand. */
const MOST = 10;
/** What is in the database is with every client by then, however busy the machine. */
const ARRIVED_WITHIN_MS = 30_000;

export interface Verification {
  databaseUrl: string;
  history: History;
  talkers: readonly Talker[];
  /** Streams and the positions from which on the talkers saw everything. */
  since: ReadonlyMap<string, number>;
  /** How long the talkers may take to catch up. */
  withinMs?: number;
}

/** Longer than clients hold back what they have received. */
const STILL_MS = 1_200;

/**
 * Resolves when every talker has been given the end of every stream and nothing more is appended: receipts of the last
 * message follow it.
 * @returns after how many milliseconds something was missing, or came, for the last time
 */
export function settle({ databaseUrl, talkers, since, withinMs = 30_000 }: Verification): Promise<number> {
  return withDatabase(databaseUrl, async (client) => {
    const start = performance.now();
    let heads = new Map<string, number>();
    let lastMs = 0;
    let missing: string[] = [];
    await until(
      async () => {
        const before = heads;
        heads = await readHeads(client, [...since.keys()]);
        missing = missingOf(talkers, since, heads);
        const isStill = missing.length === 0 && [...heads].every(([stream, head]) => before.get(stream) === head);
        const nowMs = performance.now() - start;
        if (!isStill) lastMs = nowMs;
        return nowMs - lastMs >= STILL_MS;
      },
      withinMs + STILL_MS,
      () => missing.slice(0, MOST).join('; ') || 'nothing more is appended',
    );
    return lastMs;
  });
}

/** Resolves when every talker has been given the end of every stream, as it is at some moment; more may come. */
export function caughtUp({ databaseUrl, talkers, since, withinMs = 30_000 }: Verification): Promise<number> {
  return withDatabase(databaseUrl, async (client) => {
    const heads = await readHeads(client, [...since.keys()]);
    const missing = () => missingOf(talkers, since, heads);
    return until(
      () => missing().length === 0,
      withinMs,
      () => missing().slice(0, MOST).join('; '),
    );
  });
}

/** Streams of people are theirs alone. */
function mayRead({ userId }: Talker, stream: string): boolean {
  return !stream.startsWith('user:') || stream === `user:${userId}`;
}

/** K5 for the streams of people. */
function foreignStreams(talker: Talker): string[] {
  return talker.streams.flatMap((stream) =>
    mayRead(talker, stream) ? [] : [`K5 ${talker.name}: was given ${stream}`],
  );
}

/** Who has not been given the end of a stream that has gone on. */
function missingOf(
  talkers: readonly Talker[],
  since: ReadonlyMap<string, number>,
  heads: ReadonlyMap<string, number>,
): string[] {
  return talkers.flatMap((talker) =>
    [...heads].flatMap(([stream, head]) => {
      if (!mayRead(talker, stream)) return [];
      const at = talker.position(stream);
      return at >= head || head === since.get(stream) ? [] : [`${talker.name} is at ${at} of ${head} (${stream})`];
    }),
  );
}

/** Runs K1 to K7 over what the clients wrote down and what the database says. @returns faults; none is right */
export async function verify(verification: Verification): Promise<string[]> {
  const { databaseUrl, history, talkers, since } = verification;
  const due = await headsOf(databaseUrl, [...since.keys()]);
  const arrived = () => missingOf(talkers, since, due).length === 0;
  // What has not come by then, K4 says below.
  await until(arrived, ARRIVED_WITHIN_MS, 'all that is due').catch(() => undefined);
  const views = talkers.flatMap((talker) =>
    [...since].flatMap(([stream, after]) => (mayRead(talker, stream) ? [talker.view(stream, after)] : [])),
  );
  // Read after the views were taken: all that they have must be in it, though more may have come since.
  const { rows, streams, stays } = await readFacts(databaseUrl);
  const commands = history.commands();
  // Others may have talked elsewhere meanwhile.
  const mine = rows.filter((row) => since.has(`conversation:${row.conversationId}`));
  return [
    ...acknowledgedOnce(commands, mine),
    ...storedWasInvoked(commands, mine),
    ...gapless(streams),
    ...views.flatMap((view) => sameOrder([view], logUpTo(streams, view, due.get(view.stream) ?? 0))),
    ...onlyMembers(
      views.filter(({ stream }) => stream.startsWith('conversation:')),
      stays,
    ),
    ...talkers.flatMap(foreignStreams),
    ...recounted(await unreadNumbers(databaseUrl, talkers)),
    ...nothingLeft(await leftInDatabase(databaseUrl)),
  ].slice(0, MOST);
}

/** The log of a view's stream as far as the view must go, or goes beyond that. */
function logUpTo(
  streams: ReadonlyMap<string, StreamLog>,
  { stream, seen }: View,
  due: number,
): ReadonlyMap<string, StreamLog> {
  const log = streams.get(stream);
  const last = Math.max(due, seen.at(-1)?.seq ?? 0);
  return new Map(log && [[stream, { ...log, entries: log.entries.filter(({ seq }) => seq <= last) }]]);
}

/** Where the streams stand now. */
export function headsOf(databaseUrl: string, streams: readonly string[]): Promise<Map<string, number>> {
  return withDatabase(databaseUrl, (client) => readHeads(client, streams));
}
