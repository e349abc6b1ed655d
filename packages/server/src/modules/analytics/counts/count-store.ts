import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { CountDelta } from './deltas.ts';

/** Adds to the counts of people, which are locked in the order of `deltas`. */
export async function addToCounts(tx: Transaction, deltas: readonly CountDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  const accounts = deltas.map(({ accountId }) => accountId);
  const categories = deltas.map(({ category }) => category);
  await sql`
    insert into task_count (account_id, category, open, completed)
    select * from unnest(
      ${accounts}::uuid[], ${categories}::text[], ${deltas.map(({ open }) => open)}::int[],
      ${deltas.map(({ completed }) => completed)}::int[]
    )
    on conflict (account_id, category)
    do update set open = task_count.open + excluded.open, completed = task_count.completed + excluded.completed
  `.execute(tx);
  if (deltas.every(({ open, completed }) => open + completed > 0)) return;
  await sql`
    delete from task_count c using unnest(${accounts}::uuid[], ${categories}::text[]) as changed (account_id, category)
    where c.account_id = changed.account_id and c.category = changed.category and c.open = 0 and c.completed = 0
  `.execute(tx);
}
