import type { Attachment, Message } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { claimForMessage, presentAttachment } from '../../files/index.ts';
import { workspaceOfConversation } from './store.ts';

/** A message with files that is about to be sent. */
export interface Claim {
  messageId: string;
  conversationId: string;
  senderId: string;
  attachmentIds: readonly string[];
}

/**
 * Makes files that the sender uploaded part of a message, in the given order.
 * @throws `invalid_input` for files of other people, of another workspace, or that are already attached
 */
export async function claimFiles(tx: Transaction, claim: Claim): Promise<Attachment[] | null> {
  const { attachmentIds, conversationId } = claim;
  if (attachmentIds.length === 0) return null;
  const workspaceId = await workspaceOfConversation(tx, conversationId);
  if (workspaceId === undefined) throw problem('not_found');
  const rows = await claimForMessage(tx, { ...claim, workspaceId, uploaderId: claim.senderId });
  return attachmentIds.map((id, at) => {
    const row = rows.get(id);
    if (row !== undefined) return presentAttachment(row);
    const message = 'is not an unused file that you uploaded to the workspace of the conversation';
    throw problem('invalid_input', { errors: [{ path: `attachmentIds[${at}]`, code: 'not_found', message }] });
  });
}

/** The type of a message with files: `image` if all of them are pictures. */
export function typeWith(attachments: readonly Attachment[] | null, type: Message['type']): Message['type'] {
  if (attachments === null) return type;
  return attachments.every(({ image }) => image !== undefined) ? 'image' : 'file';
}
