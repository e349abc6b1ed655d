import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, type Transaction as KyselyTransaction, sql } from 'kysely';
import { DatabaseUnavailable, isRetryable, isUnavailable } from './errors.ts';
import type { Tables } from './tables.ts';

/** Runs statements: the pool, or a transaction. First argument of every store function. */
export type Executor = Kysely<Tables>;
/** An open transaction. */
export type Transaction = KyselyTransaction<Tables>;

/** Transaction options; the default is read committed, read-write. */
export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read';
  readOnly?: boolean;
}

const MAX_RETRIES = 3;
const RETRY_BASE_MS = 20;

/**
 * Runs `work` in one transaction: commits when it resolves, rolls back when it throws. After a deadlock, a
 * serialization failure, or if a stream ended before it could be written to, `work` runs again (at most 3 times), so it
 * must have no effect outside `tx`.
 * @throws DatabaseUnavailable when the connection was refused or lost; after a lost commit the outcome is unknown
 */
export async function runTransaction<T>(
  db: Executor,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  let builder = db.transaction();
  if (options.isolation !== undefined) builder = builder.setIsolationLevel(options.isolation);
  if (options.readOnly === true) builder = builder.setAccessMode('read only');
  try {
    return await retrying(MAX_RETRIES, () => builder.execute(work));
  } catch (error) {
    if (isUnavailable(error) && !(error instanceof DatabaseUnavailable)) {
      throw new DatabaseUnavailable('The database is not available.', { cause: error });
    }
    throw error;
  }
}

/** Retries a whole transaction after a retryable failure. Throws the last failure. */
export async function retrying<T>(most: number, transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isRetryable(error) || attempt >= most) throw error;
      // Jitter, so that the parties of a deadlock do not collide again.
      await sleep(RETRY_BASE_MS * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

/** The database's time at the start of the transaction. */
export async function beganAt(tx: Transaction): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx);
  const now = rows[0]?.now;
  if (now === undefined) throw new DatabaseUnavailable('The database did not return the time.');
  return now;
}

/** Limits how long the transaction waits for a lock from here on; afterwards it fails with an `isLockTimeout` error. */
export async function limitLockWait(tx: Transaction, waitMs: number): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${waitMs}ms`}, true)`.execute(tx);
}
