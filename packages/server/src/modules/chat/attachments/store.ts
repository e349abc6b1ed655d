import type { Attachment } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { MessageRow } from '../rows/tables.ts';

/** Replaces or removes the files of a locked message. */
export async function writeAttachments(
  tx: Transaction,
  { conversation_id, seq }: MessageRow,
  attachments: readonly Attachment[],
): Promise<void> {
  const written = attachments.length === 0 ? null : JSON.stringify(attachments);
  await sql`
    update message set attachments = ${written}::jsonb, version = version + 1
    where conversation_id = ${conversation_id} and seq = ${seq}
  `.execute(tx);
}

/** The workspace of a conversation. */
export async function workspaceOfConversation(db: Executor, conversationId: string): Promise<string | undefined> {
  const { rows } = await sql<{ workspaceId: string }>`
    select workspace_id as "workspaceId" from conversation where id = ${conversationId}
  `.execute(db);
  return rows[0]?.workspaceId;
}
