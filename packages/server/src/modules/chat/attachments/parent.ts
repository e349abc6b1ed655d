import type { Executor } from '../../../platform/database/index.ts';
import { ProblemError, problem } from '../../../platform/module/index.ts';
import { type AttachmentParent, type AttachmentRow, clearFiles, deleteAttachments } from '../../files/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { factsOf, type MessageSubject, mustReadMessage } from '../rows/access.ts';
import { conversationsById, holdConversation } from '../rows/conversation-store.ts';
import { lockMessageForChange } from '../rows/lock-message.ts';
import { messageContextOf } from '../rows/policy.ts';
import { conversationStream } from '../rows/stream.ts';
import { writeAttachments } from './store.ts';

/** The message of a file; undefined if the user does not see it. */
async function subjectOf(db: Executor, userId: string, row: AttachmentRow): Promise<MessageSubject | undefined> {
  try {
    return await mustReadMessage(db, { userId }, { messageId: row.message_id });
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** People who may delete a message may also delete one of its files. */
function mayDelete(subject: MessageSubject, userId: string): boolean {
  const { isMember, moderates } = messageContextOf(factsOf(subject));
  return moderates || (isMember && subject.message.sender_id === userId);
}

/**
 * Files of a message can be read by everyone who can read its conversation, and deleted by its sender and by managers.
 */
export const messageFiles: AttachmentParent = {
  mayRead: async (db, userId, row) => userId !== undefined && (await subjectOf(db, userId, row)) !== undefined,

  async mayDelete(db, userId, row) {
    const subject = await subjectOf(db, userId, row);
    return subject !== undefined && mayDelete(subject, userId);
  },

  async hold(tx, userId, row) {
    const id = String(row.conversation_id);
    const conversation = (await conversationsById(tx, [id])).get(id);
    if (conversation === undefined) return;
    await holdMemberships(tx, conversation.workspace_id, [userId]);
    await holdConversation(tx, id);
  },

  async remove({ tx, append, enqueue }, userId, row) {
    const subject = await subjectOf(tx, userId, row);
    if (subject === undefined) throw problem('not_found');
    if (!mayDelete(subject, userId)) throw problem('forbidden');
    const message = await lockMessageForChange(tx, subject);
    const left = (message.attachments ?? []).filter(({ id }) => id !== row.id);
    if (left.length === 0 && message.content === '') {
      throw problem('conflict', 'The message is nothing but this file: delete the message.');
    }
    if ((await deleteAttachments(tx, [row.id])) === 0) throw problem('not_found');
    await writeAttachments(tx, message, left);
    append(conversationStream(message.conversation_id), 'message:updated', { messageId: message.id });
    enqueue(clearFiles, {});
  },
};
