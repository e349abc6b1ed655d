import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { ConversationRow } from '../rows/tables.ts';

/** A conversation with expired messages. */
export interface Due {
  conversationId: string;
  /** Messages from before this are to be removed. */
  before: Date;
}

/** Conversations with expired messages, sorted by id. It looks only at the oldest message of each. */
export async function dueConversations(
  db: Executor,
  now: Date,
  page: { after: string | undefined; limit: number },
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select c.id as "conversationId", kept.before
    from conversation c
    join workspace_retention w on w.workspace_id = c.workspace_id
    cross join lateral (
      select ${now}::timestamptz - make_interval(days => least(c.retention_days, w.retention_days)) as before
    ) kept
    cross join lateral (
      select m.created_at from message m where m.conversation_id = c.id and m.seq > c.expired_seq order by m.seq limit 1
    ) oldest
    where least(c.retention_days, w.retention_days) is not null and oldest.created_at < kept.before
      and (${page.after ?? null}::uuid is null or c.id > ${page.after ?? null}::uuid)
    order by c.id
    limit ${page.limit}
  `.execute(db);
  return rows;
}

/** The last one of a batch of the oldest expired messages; undefined if there is none. */
export async function lastToRemove(
  db: Executor,
  { conversationId, before }: Due,
  most: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ seq: number | null }>`
    with oldest as (
      select m.seq, m.created_at from message m
      join conversation c on c.id = m.conversation_id
      where c.id = ${conversationId} and m.seq > c.expired_seq
      order by m.seq limit ${most}
    )
    select max(seq) as seq from oldest
    where seq < coalesce((select min(seq) from oldest where created_at >= ${before}), ${Number.MAX_SAFE_INTEGER})
  `.execute(db);
  return rows[0]?.seq ?? undefined;
}

/** Members who have not read up to that position. */
export async function membersBehind(db: Executor, conversationId: string, seq: number): Promise<string[]> {
  const rows = await db
    .selectFrom('conversation_member')
    .select('account_id')
    .where('conversation_id', '=', conversationId)
    .where('read_seq', '<', seq)
    .orderBy('account_id')
    .execute();
  return rows.map((row) => row.account_id);
}

/** Sets how long messages of a conversation are kept; the caller has locked it. */
export async function setRetention(
  tx: Transaction,
  conversationId: string,
  days: number | null,
): Promise<ConversationRow> {
  return tx
    .updateTable('conversation')
    .set({ retention_days: days, version: sql<number>`version + 1` })
    .where('id', '=', conversationId)
    .returningAll()
    .executeTakeFirstOrThrow();
}
