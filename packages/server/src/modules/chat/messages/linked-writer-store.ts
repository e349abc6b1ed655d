import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** A message that has no number yet. */
export type LinkedMessageRow = Omit<MessageRow, 'seq' | 'created_at'>;

/** Inserts one message. A unique violation means that it was sent before. */
export async function insertMessage(tx: Transaction, row: MessageRow): Promise<void> {
  const attachments = row.attachments && sql<MessageRow['attachments']>`${JSON.stringify(row.attachments)}::jsonb`;
  await tx
    .insertInto('message')
    .values({ ...row, attachments })
    .execute();
}
