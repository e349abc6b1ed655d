import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** A message with what search wants to know beside it. */
export type FindableRow = MessageRow & { pinned: boolean };

const withPins = sql`m.*, exists (select from pin p where p.conversation_id = m.conversation_id and p.message_id = m.id) as pinned`;

/** Messages that say something, by id. */
export async function findableById(db: Executor, ids: readonly string[]): Promise<FindableRow[]> {
  const { rows } = await sql<FindableRow>`
    select ${withPins} from message m where m.id = any(${ids}::uuid[]) and m.deleted_at is null
  `.execute(db);
  return rows;
}

/** Messages of a conversation that say something, in order, after one position and up to another. */
export async function findableBetween(
  db: Executor,
  conversationId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<FindableRow[]> {
  const { rows } = await sql<FindableRow>`
    select ${withPins} from message m
    where m.conversation_id = ${conversationId} and m.seq > ${after} and m.seq <= ${upTo} and m.deleted_at is null
    order by m.seq limit ${limit}
  `.execute(db);
  return rows;
}

/** Ids of the conversations that someone is in, and of all public channels of some workspaces. */
export async function conversationIdsFor(
  db: Executor,
  userId: string,
  openWorkspaceIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select conversation_id as id from conversation_member where account_id = ${userId}
    union
    select id from conversation
    where workspace_id = any(${openWorkspaceIds}::uuid[]) and kind = 'channel' and visibility = 'public'
  `.execute(db);
  return rows.map((row) => row.id);
}

/** When the oldest message of a conversation was written that still says something, or may. */
export async function oldestMessageAt(db: Executor, conversationId: string): Promise<Date | undefined> {
  // Those that were written at the same moment may stand in another order than their times.
  const { rows } = await sql<{ createdAt: Date | null }>`
    select min(created_at) as "createdAt"
    from (
      select m.created_at from message m
      join conversation c on c.id = m.conversation_id
      where c.id = ${conversationId} and m.seq > c.expired_seq
      order by m.seq limit 100
    ) first
  `.execute(db);
  return rows[0]?.createdAt ?? undefined;
}
