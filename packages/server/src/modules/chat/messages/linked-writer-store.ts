import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** A message that has no place yet. */
export type LinkedMessageRow = Omit<MessageRow, 'seq' | 'created_at'>;

/** Writes one message. A unique violation says that it had been sent before. */
export async function insertMessage(tx: Transaction, row: MessageRow): Promise<void> {
  const attachments = row.attachments && sql<MessageRow['attachments']>`${JSON.stringify(row.attachments)}::jsonb`;
  await tx
    .insertInto('message')
    .values({ ...row, attachments })
    .execute();
}
