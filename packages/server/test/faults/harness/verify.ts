import {
  checkAccess,
  checkAcknowledged,
  checkCounts,
  checkNoGaps,
  checkNothingLeft,
  checkOrder,
  checkStored,
  type StreamLog,
  type View,
} from './checkers.ts';
import { leftInDatabase, readFacts, readHeads, unreadCounts, withDatabase } from './facts.ts';
import type { History } from './history.ts';
import type { Participant } from './participant.ts';
import { until } from './until.ts';

/** Maximum number of listed faults: one is enough to fail, ten to understand. */
const MOST = 10;
/** Every client has everything from the database within this time, however busy the machine. */
const ARRIVED_WITHIN_MS = 30_000;

export interface Verification {
  databaseUrl: string;
  history: History;
  participants: readonly Participant[];
  /** Streams and the positions from which on the participants saw everything. */
  since: ReadonlyMap<string, number>;
  /** How long the participants may take to catch up. */
  withinMs?: number;
}

/** Longer than clients delay their receipts. */
const STILL_MS = 1_200;

/**
 * Resolves when every participant has the end of every stream and nothing more is appended: receipts follow the last
 * message.
 * @returns the milliseconds after which something was last missing or added
 */
export function settle({ databaseUrl, participants, since, withinMs = 30_000 }: Verification): Promise<number> {
  return withDatabase(databaseUrl, async (client) => {
    const start = performance.now();
    let heads = new Map<string, number>();
    let lastMs = 0;
    let missing: string[] = [];
    await until(
      async () => {
        const before = heads;
        heads = await readHeads(client, [...since.keys()]);
        missing = missingOf(participants, since, heads);
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

/** Resolves when every participant has the current end of every stream; more may be appended. */
export function allCaughtUp({ databaseUrl, participants, since, withinMs = 30_000 }: Verification): Promise<number> {
  return withDatabase(databaseUrl, async (client) => {
    const heads = await readHeads(client, [...since.keys()]);
    const missing = () => missingOf(participants, since, heads);
    return until(
      () => missing().length === 0,
      withinMs,
      () => missing().slice(0, MOST).join('; '),
    );
  });
}

/** Streams of users are private. */
function mayRead({ userId }: Participant, stream: string): boolean {
  return !stream.startsWith('user:') || stream === `user:${userId}`;
}

/** K5 for the streams of users. */
function foreignStreams(participant: Participant): string[] {
  return participant.streams.flatMap((stream) =>
    mayRead(participant, stream) ? [] : [`K5 ${participant.name}: was given ${stream}`],
  );
}

/** The participants without the end of a stream that was appended to. */
function missingOf(
  participants: readonly Participant[],
  since: ReadonlyMap<string, number>,
  heads: ReadonlyMap<string, number>,
): string[] {
  return participants.flatMap((participant) =>
    [...heads].flatMap(([stream, head]) => {
      if (!mayRead(participant, stream)) return [];
      const at = participant.position(stream);
      return at >= head || head === since.get(stream) ? [] : [`${participant.name} is at ${at} of ${head} (${stream})`];
    }),
  );
}

/**
 * Runs K1 to K7 over the records of the clients and the state of the database. @returns faults; there should be none
 */
export async function verify(verification: Verification): Promise<string[]> {
  const { databaseUrl, history, participants, since } = verification;
  const due = await headsOf(databaseUrl, [...since.keys()]);
  const arrived = () => missingOf(participants, since, due).length === 0;
  // What is missing by then is reported by K4 below.
  await until(arrived, ARRIVED_WITHIN_MS, 'all that is due').catch(() => undefined);
  const views = participants.flatMap((participant) =>
    [...since].flatMap(([stream, after]) => (mayRead(participant, stream) ? [participant.view(stream, after)] : [])),
  );
  // Read after the views were taken: everything in them must be in it, though more may have been added since.
  const { rows, streams, stays } = await readFacts(databaseUrl);
  const commands = history.commands();
  // Others may have sent elsewhere in the meantime.
  const mine = rows.filter((row) => since.has(`conversation:${row.conversationId}`));
  return [
    ...checkAcknowledged(commands, mine),
    ...checkStored(commands, mine),
    ...checkNoGaps(streams),
    ...views.flatMap((view) => checkOrder([view], logUpTo(streams, view, due.get(view.stream) ?? 0))),
    ...checkAccess(
      views.filter(({ stream }) => stream.startsWith('conversation:')),
      stays,
    ),
    ...participants.flatMap(foreignStreams),
    ...checkCounts(await unreadCounts(databaseUrl, participants)),
    ...checkNothingLeft(await leftInDatabase(databaseUrl)),
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

/** The current heads of the streams. */
export function headsOf(databaseUrl: string, streams: readonly string[]): Promise<Map<string, number>> {
  return withDatabase(databaseUrl, (client) => readHeads(client, streams));
}
