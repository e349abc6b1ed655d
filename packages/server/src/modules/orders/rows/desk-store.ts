import { type OrderStatus, workspaceRole } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { workspaceIdsAs } from '../../workspaces/index.ts';
import { mayHandle } from './policy.ts';
import type { DeskRow, OrderRow } from './tables.ts';

const handlingRoles = workspaceRole.options.filter(mayHandle);

/** Adds the desk of a workspace. @returns false if it already has one */
export async function insertDesk(tx: Transaction, workspaceId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into desk (workspace_id) values (${workspaceId}) on conflict do nothing returning workspace_id
  `.execute(tx);
  return rows.length > 0;
}

/** Selects the ids of the workspaces with a desk that a person can see. */
export function deskIds(userId: string): RawBuilder<{ id: string }> {
  return sql`select workspace_id as id from desk where workspace_id in (${workspaceIdsAs(userId, handlingRoles)})`;
}

/** Ids of the workspaces with a desk that a person can see. */
export async function deskIdsOf(db: Executor, userId: string): Promise<string[]> {
  const { rows } = await deskIds(userId).execute(db);
  return rows.map(({ id }) => id).sort();
}

/** The existing desks of these workspaces. */
export async function desksOf(db: Executor, workspaceIds: readonly string[]): Promise<DeskRow[]> {
  if (workspaceIds.length === 0) return [];
  const { rows } = await sql<DeskRow>`
    select * from desk where workspace_id = any(${workspaceIds}::uuid[]) order by workspace_id
  `.execute(db);
  return rows;
}

/**
 * Allocates the next order numbers of a workspace, and locks its desk until the transaction ends. @returns the first
 * one
 */
export async function takeNumbers(tx: Transaction, workspaceId: string, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    update desk set last_number = last_number + ${count}, pending = pending + ${count}
    where workspace_id = ${workspaceId} returning last_number as last
  `.execute(tx);
  const last = rows[0]?.last;
  if (last === undefined) throw new Error('A workspace with products has no desk.');
  return last - count + 1;
}

/** Counts an order in its new status, and locks the desk until the transaction ends. */
export async function countMove(
  tx: Transaction,
  workspaceId: string,
  { from, to }: { from: OrderStatus; to: OrderStatus },
): Promise<void> {
  await sql`
    update desk set ${sql.ref(from)} = ${sql.ref(from)} - 1, ${sql.ref(to)} = ${sql.ref(to)} + 1
    where workspace_id = ${workspaceId}
  `.execute(tx);
}

/** The latest orders of workspaces by number, at most so many per workspace. */
export async function latestOrders(db: Executor, desks: readonly DeskRow[], most: number): Promise<OrderRow[]> {
  if (desks.length === 0) return [];
  const { rows } = await sql<OrderRow>`
    select o.* from unnest(
      ${desks.map((desk) => desk.workspace_id)}::uuid[], ${desks.map((desk) => desk.last_number)}::int[]
    ) d (id, last)
    join shop_order o on o.workspace_id = d.id and o.number > d.last - ${most}::int
    order by o.workspace_id, o.number
  `.execute(db);
  return rows;
}

/** Deletes the desk of a workspace. */
export async function deleteDesk(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.deleteFrom('desk').where('workspace_id', '=', workspaceId).execute();
}
