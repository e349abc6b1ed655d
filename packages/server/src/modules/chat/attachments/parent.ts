import { problem } from '../../../platform/module/index.ts';
import { type AttachmentParent, clearFiles, deleteAttachments, type ReadableAttachment } from '../../files/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { type ConversationSubject, factsOf, mustReadMessage, readableConversations } from '../rows/access.ts';
import { conversationsById, holdConversation } from '../rows/conversation-store.ts';
import { lockMessageForChange } from '../rows/lock-message.ts';
import { messageReferences } from '../rows/message-store.ts';
import { messageContextOf } from '../rows/policy.ts';
import { conversationStream } from '../rows/stream.ts';
import { writeAttachments } from './store.ts';

/** People who may delete a message may also delete one of its files. */
function mayDelete(subject: ConversationSubject, senderId: string, userId: string): boolean {
  const { isMember, moderates } = messageContextOf(factsOf(subject));
  return moderates || (isMember && senderId === userId);
}

/**
 * Files of a message can be read by everyone who can read its conversation, and deleted by its sender and by managers.
 */
export const messageFiles: AttachmentParent = {
  async readable(db, userId, rows) {
    const found = new Map<string, ReadableAttachment>();
    if (userId === undefined) return found;
    const messages = await messageReferences(
      db,
      rows.map((row) => String(row.message_id)),
    );
    const conversations = await readableConversations(
      db,
      userId,
      rows.map((row) => String(row.conversation_id)),
    );
    for (const row of rows) {
      const message = messages.get(String(row.message_id));
      const subject = conversations.get(String(row.conversation_id));
      if (message === undefined || subject === undefined) continue;
      const can = { delete: mayDelete(subject, message.senderId, userId) };
      found.set(row.id, { can, parentName: subject.conversation.name, message });
    }
    return found;
  },

  async hold(tx, userId, row) {
    const id = String(row.conversation_id);
    const conversation = (await conversationsById(tx, [id])).get(id);
    if (conversation === undefined) return;
    await holdMemberships(tx, conversation.workspace_id, [userId]);
    await holdConversation(tx, id);
  },

  async remove({ tx, append, enqueue }, userId, row) {
    const subject = await mustReadMessage(tx, { userId }, { messageId: row.message_id });
    if (!mayDelete(subject, subject.message.sender_id, userId)) throw problem('forbidden');
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
