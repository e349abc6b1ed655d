import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { MessageRevisionRow, MessageRow } from '../rows/tables.ts';

/** Who changes a message, and when. */
export interface Change {
  by: string;
  at: Date;
}

/** Keeps what a message says before it changes. The caller has locked it. */
async function keepRevision(
  tx: Transaction,
  { id, version, content }: MessageRow,
  action: MessageRevisionRow['action'],
  { by, at }: Change,
): Promise<void> {
  const revision = { message_id: id, version, content, action, changed_by: by, changed_at: at };
  await tx.insertInto('message_revision').values(revision).execute();
}

/** Gives a locked message another text. @returns it as it is now */
export async function editMessage(
  tx: Transaction,
  message: MessageRow,
  content: string,
  change: Change,
): Promise<MessageRow> {
  await keepRevision(tx, message, 'edited', change);
  const { rows } = await sql<MessageRow>`
    update message set content = ${content}, edited_at = ${change.at}, version = version + 1
    where conversation_id = ${message.conversation_id} and seq = ${message.seq}
    returning *
  `.execute(tx);
  return rows[0] ?? message;
}

/** Leaves of a locked message nothing but its place. */
export async function eraseMessage(tx: Transaction, message: MessageRow, change: Change): Promise<void> {
  await keepRevision(tx, message, 'deleted', change);
  await sql`
    update message set content = '', deleted_at = ${change.at}, reactions = null, version = version + 1
    where conversation_id = ${message.conversation_id} and seq = ${message.seq}
  `.execute(tx);
}

/** What a message said, the latest first, before a version. */
export async function revisionPage(
  db: Executor,
  messageId: string,
  { before, limit }: { before: number; limit: number },
): Promise<MessageRevisionRow[]> {
  const { rows } = await sql<MessageRevisionRow>`
    select * from message_revision where message_id = ${messageId} and version < ${before}
    order by version desc limit ${limit}
  `.execute(db);
  return rows;
}
