import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { PeriodLockRow } from './tables.ts';

/** The locked periods of a workspace, the latest first. */
export async function periodsOf(db: Executor, workspaceId: string): Promise<PeriodLockRow[]> {
  const { rows } = await sql<PeriodLockRow>`
    select * from period_lock where workspace_id = ${workspaceId} order by from_at desc, id desc
  `.execute(db);
  return rows;
}

/** True if a locked period of the workspace covers part of the time from `from` to `to`, or `from` itself. */
export async function isLocked(db: Executor, workspaceId: string, from: Date, to: Date = from): Promise<boolean> {
  const { rows } = await sql`
    select from period_lock where workspace_id = ${workspaceId} and to_at > ${from}
      and (from_at < ${to} or from_at = ${from}) limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Locks a period. */
export async function insertPeriod(tx: Transaction, row: PeriodLockRow): Promise<void> {
  await tx.insertInto('period_lock').values(row).execute();
}

/** Unlocks a period. @returns false if there is none */
export async function deletePeriod(tx: Transaction, workspaceId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from period_lock where id = ${id} and workspace_id = ${workspaceId} returning 1
  `.execute(tx);
  return rows.length > 0;
}

/** Removes the locks of a workspace. */
export async function deletePeriodsOf(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`delete from period_lock where workspace_id = ${workspaceId}`.execute(tx);
}
