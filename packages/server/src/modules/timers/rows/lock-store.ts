import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** Keeps the periods of workspaces from being locked until this transaction ends: call it before locking any task. */
export async function holdPeriods(tx: Transaction, workspaceIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(workspaceIds)].sort()) {
    await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`period/${id}`}, 0))`.execute(tx);
  }
}

/** Waits for transactions that change time in a workspace, and blocks new ones. */
export async function lockPeriods(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`period/${workspaceId}`}, 0))`.execute(tx);
}

/** Allows one transaction at a time to start timers of a person: call it before locking any task. */
export async function lockStarts(tx: Transaction, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`timer/${userId}`}, 0))`.execute(tx);
}

/**
 * The current time of the database, in whole milliseconds: not of the transaction's start, which may have waited for a
 * lock.
 */
export async function clockBehindLocks(tx: Executor): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select date_trunc('milliseconds', clock_timestamp()) as now`.execute(tx);
  if (rows[0] === undefined) throw new Error('The database did not return the time.');
  return rows[0].now;
}
