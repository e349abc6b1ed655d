import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** A message with the further data of the search index. */
export type IndexedRow = MessageRow & { pinned: boolean };

const withPins = sql`m.*, exists (select from pin p where p.conversation_id = m.conversation_id and p.message_id = m.id) as pinned`;

/** Messages by id, without deleted ones. */
export async function indexedById(db: Executor, ids: readonly string[]): Promise<IndexedRow[]> {
  const { rows } = await sql<IndexedRow>`
    select ${withPins} from message m where m.id = any(${ids}::uuid[]) and m.deleted_at is null
  `.execute(db);
  return rows;
}

/** Messages of a conversation after one position and up to another, in order, without deleted ones. */
export async function indexedBetween(
  db: Executor,
  conversationId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<IndexedRow[]> {
  const { rows } = await sql<IndexedRow>`
    select ${withPins} from message m
    where m.conversation_id = ${conversationId} and m.seq > ${after} and m.seq <= ${upTo} and m.deleted_at is null
    order by m.seq limit ${limit}
  `.execute(db);
  return rows;
}

/** The time of the oldest message of a conversation that is not expired. */
export async function oldestMessageAt(db: Executor, conversationId: string): Promise<Date | undefined> {
  // Messages that are written together may be numbered in another order than their times.
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
