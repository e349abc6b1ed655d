import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

type Place = Pick<MessageRow, 'conversation_id' | 'seq'>;

/** Stores the mentions of a message. */
export async function insertMentions(
  tx: Transaction,
  { conversation_id, seq }: Place,
  userIds: readonly string[],
): Promise<void> {
  await sql`
    insert into mention (account_id, conversation_id, seq)
    select id, ${conversation_id}::uuid, ${seq}::bigint from unnest(${userIds}::uuid[]) as person (id)
  `.execute(tx);
}

/** The people whom a message mentions, locked. */
export async function lockMentions(tx: Transaction, { conversation_id, seq }: Place): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from mention where conversation_id = ${conversation_id} and seq = ${seq}
    order by account_id for update
  `.execute(tx);
  return rows.map(({ account_id }) => account_id);
}

/** Deletes locked mentions of a message. @returns them */
export async function deleteMentions(
  tx: Transaction,
  { conversation_id, seq }: Place,
  userIds: readonly string[],
): Promise<readonly string[]> {
  if (userIds.length === 0) return userIds;
  await sql`
    delete from mention
    where conversation_id = ${conversation_id} and seq = ${seq} and account_id = any(${userIds}::uuid[])
  `.execute(tx);
  return userIds;
}
