import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** Writes down who was mentioned by a message. */
export async function insertMentions(
  tx: Transaction,
  { conversation_id, seq }: Pick<MessageRow, 'conversation_id' | 'seq'>,
  userIds: readonly string[],
): Promise<void> {
  await sql`
    insert into mention (account_id, conversation_id, seq)
    select id, ${conversation_id}::uuid, ${seq}::bigint from unnest(${userIds}::uuid[]) as person (id)
  `.execute(tx);
}
