import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { ShopRow } from './tables.ts';

/** The default shop, which is not stored until it is changed. */
const unchanged = (workspaceId: string): ShopRow => ({
  workspace_id: workspaceId,
  is_public: false,
  introduction: '',
  version: 1,
});

/** The shop of a workspace. */
export async function shopOf(db: Executor, workspaceId: string): Promise<ShopRow> {
  const found = await db.selectFrom('shop').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst();
  return found ?? unchanged(workspaceId);
}

/** The shops of workspaces, by workspace. */
export async function shopsOf(db: Executor, workspaceIds: readonly string[]): Promise<Map<string, ShopRow>> {
  const ids = [...new Set(workspaceIds)];
  const { rows } = await sql<ShopRow>`select * from shop where workspace_id = any(${ids}::uuid[])`.execute(db);
  const stored = new Map(rows.map((row) => [row.workspace_id, row]));
  return new Map(ids.map((id) => [id, stored.get(id) ?? unchanged(id)]));
}

/** Locks the shop of a workspace until the transaction ends, and stores it if it is not yet stored. */
export async function lockShop(tx: Transaction, workspaceId: string): Promise<ShopRow> {
  await sql`insert into shop (workspace_id) values (${workspaceId}) on conflict do nothing`.execute(tx);
  return tx
    .selectFrom('shop')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

/** Changes a locked shop. */
export async function updateShop(tx: Transaction, row: ShopRow): Promise<void> {
  const { workspace_id, ...rest } = row;
  await tx.updateTable('shop').set(rest).where('workspace_id', '=', workspace_id).execute();
}

/** Deletes the shop of a workspace. */
export async function deleteShop(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.deleteFrom('shop').where('workspace_id', '=', workspaceId).execute();
}
