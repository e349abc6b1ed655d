import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

/** A webhook as it is stored. */
export interface WebhookRow {
  id: string;
  conversation_id: string;
  name: string;
  avatar: string | null;
  /** SHA-256. */
  secret_hash: Buffer;
  enabled: boolean;
  created_by: string | null;
  created_at: Date;
  last_used_at: Date | null;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    webhook: WebhookRow;
  }
}

/**
 * Adds a webhook, unless the conversation has `most` already. The caller has locked the conversation, so that
 * concurrent creations are counted correctly.
 */
export async function insertWebhook(
  tx: Transaction,
  row: Omit<WebhookRow, 'last_used_at'>,
  most: number,
): Promise<WebhookRow | undefined> {
  const { rows } = await sql<WebhookRow>`
    insert into webhook (id, conversation_id, name, avatar, secret_hash, enabled, created_by, created_at)
    select ${row.id}::uuid, ${row.conversation_id}::uuid, ${row.name}, ${row.avatar}, ${row.secret_hash}, ${row.enabled},
      ${row.created_by}::uuid, ${row.created_at}::timestamptz
    where (select count(*) from webhook where conversation_id = ${row.conversation_id}) < ${most}
    returning *
  `.execute(tx);
  return rows[0];
}

/** Finds a webhook only by its id, for callers with its secret. */
export function webhookById(db: Executor, id: string): Promise<WebhookRow | undefined> {
  return db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The webhooks of a conversation, oldest first. */
export function webhooksOf(db: Executor, conversationId: string): Promise<WebhookRow[]> {
  return db.selectFrom('webhook').selectAll().where('conversation_id', '=', conversationId).orderBy('id').execute();
}

/** Changes a webhook of the conversation; undefined if there is none. */
export function updateWebhook(
  tx: Transaction,
  { conversationId, webhookId }: { conversationId: string; webhookId: string },
  changes: Partial<Pick<WebhookRow, 'name' | 'avatar' | 'enabled' | 'secret_hash'>>,
): Promise<WebhookRow | undefined> {
  return (
    tx
      .updateTable('webhook')
      // Set to itself if nothing changes, so that the row is returned all the same.
      .set((eb) => ({ name: eb.ref('name'), ...changes }))
      .where('id', '=', webhookId)
      .where('conversation_id', '=', conversationId)
      .returningAll()
      .executeTakeFirst()
  );
}

/** @returns false if the conversation has no such webhook */
export async function deleteWebhook(
  tx: Transaction,
  { conversationId, webhookId }: { conversationId: string; webhookId: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('webhook')
    .where('id', '=', webhookId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Records that a webhook was used, at most once a minute. */
export async function touchWebhook(db: Executor, id: string): Promise<void> {
  await sql`
    update webhook set last_used_at = now()
    where id = ${id} and coalesce(last_used_at < now() - interval '1 minute', true)
  `.execute(db);
}
