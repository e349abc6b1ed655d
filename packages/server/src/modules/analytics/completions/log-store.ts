import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { CompletionRow } from '../rows/tables.ts';

/** Adds a completion. */
export async function insertCompletion(tx: Transaction, row: Omit<CompletionRow, 'undone_at'>): Promise<void> {
  await tx
    .insertInto('completion')
    .values({ ...row, undone_at: null })
    .execute();
}

/** Takes back the completion of a task. @returns as it was; undefined: there was none */
export async function undoCompletion(
  tx: Transaction,
  taskId: string,
  now: Date,
): Promise<Pick<CompletionRow, 'account_id' | 'completed_at'> | undefined> {
  const { rows } = await sql<Pick<CompletionRow, 'account_id' | 'completed_at'>>`
    update completion set undone_at = ${now} where task_id = ${taskId} and undone_at is null
    returning account_id, completed_at
  `.execute(tx);
  return rows[0];
}

/** When somebody completed their first task that counts. */
export async function firstCompletion(db: Executor, userId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(completed_at) as at from completion where account_id = ${userId} and undone_at is null
  `.execute(db);
  return rows[0]?.at ?? undefined;
}

/** How many tasks somebody completed from each of some instants up to the next, by the index of the first. */
export async function countBetween(
  db: Executor,
  userId: string,
  starts: readonly Date[],
): Promise<{ at: number; completed: number }[]> {
  const { rows } = await sql<{ at: number; completed: number }>`
    select width_bucket(completed_at, ${starts}::timestamptz[]) - 1 as at, count(*)::int as completed
    from completion where account_id = ${userId} and undone_at is null
    group by 1 order by 1
  `.execute(db);
  return rows;
}

/** Completions of somebody in the order of their ids, after one. */
export async function completionsOf(
  db: Executor,
  userId: string,
  afterId: string | undefined,
  limit: number,
): Promise<CompletionRow[]> {
  const onward = afterId === undefined ? sql`true` : sql`id > ${afterId}::uuid`;
  const { rows } = await sql<CompletionRow>`
    select * from completion where account_id = ${userId} and ${onward} order by id limit ${limit}
  `.execute(db);
  return rows;
}
