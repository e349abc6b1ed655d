import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import { clearEvents, forgetRemoved, pruneAnswers, pruneEvents, removedStreams } from './store.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A client that was away longer takes a fresh snapshot. */
const EVENTS_KEPT_MS = 30 * DAY_MS;
/** A client that still has a command unanswered after that long asks its person again. */
const ANSWERS_KEPT_MS = 7 * DAY_MS;
const EVERY_MS = 3600 * 1000;
const BITE = 5_000;
/** Streams that have ended, cleared away in one go; the rest in the next. */
const STREAMS = 10_000;

/** Removes what is left of streams that have ended, and what is too old, in bites so small that nobody waits for them. */
export async function pruneOnce(database: Pick<Database, 'db'>, now: Date, bite = BITE): Promise<void> {
  for (const name of await removedStreams(database.db, STREAMS)) {
    while ((await clearEvents(database.db, name, bite)) > 0);
    await forgetRemoved(database.db, name);
  }
  const before = new Date(now.getTime() - EVENTS_KEPT_MS);
  while ((await pruneEvents(database.db, before, bite)) === bite);
  await pruneAnswers(database.db, new Date(now.getTime() - ANSWERS_KEPT_MS));
}

/** Prunes every hour until told to stop. */
export function startPruning(database: Database, log: Logger): () => void {
  const timer = setInterval(() => {
    database
      .now()
      .then((now) => pruneOnce(database, now))
      .catch((error: unknown) => log.warn({ err: error }, 'could not prune the event log; trying again in an hour'));
  }, EVERY_MS);
  return () => clearInterval(timer);
}
