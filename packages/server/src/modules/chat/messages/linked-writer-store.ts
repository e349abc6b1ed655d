import type { Transaction } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** A message that has no place yet. */
export type LinkedMessageRow = Omit<MessageRow, 'seq' | 'created_at'>;

/** Writes one message. A unique violation says that it had been sent before. */
export async function insertMessage(tx: Transaction, row: MessageRow): Promise<void> {
  const { id, conversation_id, seq, sender_id, client_message_id, type, content, reply_to, created_at } = row;
  const { via, thread_id, mentions, mention_scope } = row;
  const plain = { id, conversation_id, seq, sender_id, client_message_id, type, content, reply_to, created_at, via };
  await tx
    .insertInto('message')
    .values({ ...plain, thread_id, mentions, mention_scope, version: 1 })
    .execute();
}
