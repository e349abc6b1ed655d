import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import { clearEvents, deleteRemovedStream, pruneAnswers, pruneEvents, removedStreams } from './store.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A client that was offline for longer loads a new snapshot. */
const EVENTS_KEPT_MS = 30 * DAY_MS;
/** A client with a command unanswered for longer asks its user again. */
const ANSWERS_KEPT_MS = 7 * DAY_MS;
const EVERY_MS = 3600 * 1000;
const BATCH = 5_000;
/** Number of ended streams cleared per round. */
const STREAMS = 10_000;

/** Removes events of ended streams and old events, in batches small enough to delay nobody. */
export async function pruneOnce(database: Pick<Database, 'db'>, now: Date, batch = BATCH): Promise<void> {
  for (const name of await removedStreams(database.db, STREAMS)) {
    while ((await clearEvents(database.db, name, batch)) > 0);
    await deleteRemovedStream(database.db, name);
  }
  const before = new Date(now.getTime() - EVENTS_KEPT_MS);
  while ((await pruneEvents(database.db, before, batch)) === batch);
  await pruneAnswers(database.db, new Date(now.getTime() - ANSWERS_KEPT_MS));
}

/** Prunes every hour until stopped. */
export function startPruning(database: Database, log: Logger): () => void {
  const timer = setInterval(() => {
    database
      .now()
      .then((now) => pruneOnce(database, now))
      .catch((error: unknown) => log.warn({ err: error }, 'could not prune the event log; retrying in an hour'));
  }, EVERY_MS);
  return () => clearInterval(timer);
}
