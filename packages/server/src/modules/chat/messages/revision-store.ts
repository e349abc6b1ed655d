import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { MessageRevisionRow, MessageRow } from '../rows/tables.ts';

/** Who changes a message, and when. */
export interface Change {
  by: string;
  at: Date;
}

/** Stores the current text of a message before it changes. The caller has locked it. */
async function keepRevision(
  tx: Transaction,
  { id, version, content }: MessageRow,
  action: MessageRevisionRow['action'],
  { by, at }: Change,
): Promise<void> {
  const revision = { message_id: id, version, content, action, changed_by: by, changed_at: at };
  await tx.insertInto('message_revision').values(revision).execute();
}

/** Changes the text and the mentions of a locked message. @returns the changed message */
export async function editMessage(
  tx: Transaction,
  message: MessageRow,
  text: Pick<MessageRow, 'content' | 'mentions' | 'mention_scope'>,
  change: Change,
): Promise<MessageRow> {
  await keepRevision(tx, message, 'edited', change);
  return tx
    .updateTable('message')
    .set({ ...text, edited_at: change.at, version: sql<number>`version + 1` })
    .where('conversation_id', '=', message.conversation_id)
    .where('seq', '=', message.seq)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Deletes everything of a locked message except its place. */
export async function eraseMessage(tx: Transaction, message: MessageRow, change: Change): Promise<void> {
  await keepRevision(tx, message, 'deleted', change);
  await tx
    .updateTable('message')
    .set({
      content: '',
      deleted_at: change.at,
      reactions: null,
      attachments: null,
      mentions: null,
      mention_scope: null,
      version: sql<number>`version + 1`,
    })
    .where('conversation_id', '=', message.conversation_id)
    .where('seq', '=', message.seq)
    .execute();
}

/** Former texts of a message, latest first, before a version. */
export async function revisionPage(
  db: Executor,
  messageId: string,
  { before, limit }: { before: number; limit: number },
): Promise<MessageRevisionRow[]> {
  return db
    .selectFrom('message_revision')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('version', '<', before)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}
