import {
  acknowledgedOnce,
  gapless,
  nothingLeft,
  onlyMembers,
  recounted,
  sameOrder,
  storedWasInvoked,
} from './checkers.ts';
import { leftInDatabase, readFacts, unreadNumbers } from './facts.ts';
import type { History } from './history.ts';
import type { Talker } from './talker.ts';
import { until } from './until.ts';

/** Faults listed at most: one is enough to fail, ten to understand. */
const MOST = 10;

export interface Verification {
  databaseUrl: string;
  history: History;
  talkers: readonly Talker[];
  /** Streams and the positions from which on the talkers saw everything. */
  since: ReadonlyMap<string, number>;
  /** How long the talkers may take to catch up. */
  withinMs?: number;
}

/** Resolves with the time it took until every talker has been given the end of every stream. */
export async function settle({ databaseUrl, talkers, since, withinMs = 15_000 }: Verification): Promise<number> {
  let missing: string[] = [];
  return until(
    async () => {
      const { streams } = await readFacts(databaseUrl);
      missing = talkers.flatMap((talker) =>
        [...since.keys()].flatMap((stream) => {
          const [at, head] = [talker.position(stream), streams.get(stream)?.seq ?? 0];
          return at >= head || head === since.get(stream) ? [] : [`${talker.name} is at ${at} of ${head} (${stream})`];
        }),
      );
      return missing.length === 0;
    },
    withinMs,
    () => missing.slice(0, MOST).join('; '),
  );
}

/** Runs K1 to K7 over what the clients wrote down and what the database says. @returns faults; none is right */
export async function verify(verification: Verification): Promise<string[]> {
  const { databaseUrl, history, talkers, since } = verification;
  const { rows, streams, stays } = await readFacts(databaseUrl);
  const commands = history.commands();
  // Others may have talked elsewhere meanwhile.
  const mine = rows.filter((row) => since.has(`conversation:${row.conversationId}`));
  const views = talkers.flatMap((talker) => [...since].map(([stream, after]) => talker.view(stream, after)));
  return [
    ...acknowledgedOnce(commands, mine),
    ...storedWasInvoked(commands, mine),
    ...gapless(streams),
    ...sameOrder(views, streams),
    ...onlyMembers(
      views.filter(({ stream }) => stream.startsWith('conversation:')),
      stays,
    ),
    ...recounted(await unreadNumbers(databaseUrl, talkers)),
    ...nothingLeft(await leftInDatabase(databaseUrl)),
  ].slice(0, MOST);
}

/** Where the streams stand now. */
export async function headsOf(databaseUrl: string, streams: readonly string[]): Promise<Map<string, number>> {
  const facts = await readFacts(databaseUrl);
  return new Map(streams.map((stream) => [stream, facts.streams.get(stream)?.seq ?? 0]));
}
