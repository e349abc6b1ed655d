import { type MessageCan, messageCanOf, messages } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { command, type Implementation, keyset, problem, read } from '../../../platform/module/index.ts';
import type { Append } from '../../../platform/stream/index.ts';
import { clearFiles, deleteAttachmentsOfMessages } from '../../files/index.ts';
import { deletePin } from '../pins/store.ts';
import { factsOf, type MessageSubject } from '../rows/access.ts';
import { lockMessageForChange } from '../rows/lock-message.ts';
import { lockMessage } from '../rows/message-store.ts';
import { messageContextOf } from '../rows/policy.ts';
import { presentMessage, presentRevision } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { removeReply } from '../threads/replies.ts';
import { changeMentions, removeMentionsOf } from './mention-changes.ts';
import { editMessage, eraseMessage, revisionPage } from './revision-store.ts';

/** The highest possible version: a page without a cursor starts there. */
const NEWEST = 2 ** 31 - 1;

/**
 * What a user may do with a message that exists: whether it was deleted is decided when it is locked, and is reported
 * separately from the conversation being archived.
 */
function mayDo(subject: MessageSubject, userId: string): MessageCan {
  const { message } = subject;
  const place = { ...messageContextOf(factsOf(subject)), isArchived: false };
  return messageCanOf(place, { isMine: message.sender_id === userId, type: message.type, isDeleted: false });
}

const versions = keyset(
  ['number'],
  (version) => (Number.isInteger(version) && version >= 1 && version <= NEWEST ? version : undefined),
  (version: number) => [version],
);

/** Removes a deleted reply from the counts of its thread and of users who had not read it. */
async function countReplyOut(tx: Transaction, append: Append, threadId: string): Promise<void> {
  const root = await lockMessage(tx, threadId);
  if (root === undefined) return;
  const { conversationId, followers } = await removeReply(tx, root);
  append(conversationStream(conversationId), 'thread:updated', { messageId: threadId });
  for (const userId of followers) append(`user:${userId}`, 'thread:standing', { conversationId, threadId, userId });
}

/**
 * Operations on single messages.
 * @param isHere whether a user is connected, for @here
 */
export const messageOperations = (isHere: (userId: string) => boolean): readonly Implementation[] => [
  read(messages.get, ({ subject }) => presentMessage(subject.message)),

  command(messages.update, async (context) => {
    const { actor, append, input, now, subject, tell, tx } = context;
    if (!mayDo(subject, actor.userId).edit) throw problem('forbidden');
    const message = await lockMessageForChange(tx, subject);
    if (message.deleted_at !== null) throw problem('conflict', 'The message was deleted.');
    if (input.version !== undefined && input.version !== message.version) {
      throw problem('version_conflict', { current: presentMessage(message) });
    }
    if (input.content === message.content) return presentMessage(message);
    const mentions = await changeMentions(context, message, input.content, isHere);
    const text = { content: input.content, ...mentions };
    const edited = await editMessage(tx, message, text, { by: actor.userId, at: now });
    const { id: messageId, conversation_id: conversationId } = message;
    await tell('message:edited', { conversationId, messageId, content: edited.content });
    append(conversationStream(conversationId), 'message:updated', { messageId });
    return presentMessage(edited);
  }),

  command(messages.delete, async (context) => {
    const { actor, append, enqueue, now, subject, tell, tx } = context;
    if (!mayDo(subject, actor.userId).delete) throw problem('forbidden');
    const message = await lockMessageForChange(tx, subject);
    if (message.deleted_at !== null) return {};
    await removeMentionsOf(context, message);
    await eraseMessage(tx, message, { by: actor.userId, at: now });
    if (message.attachments !== null) {
      await deleteAttachmentsOfMessages(tx, [message.id]);
      enqueue(clearFiles, {});
    }
    append(conversationStream(message.conversation_id), 'message:deleted', { messageId: message.id });
    const { id: messageId, conversation_id: conversationId } = message;
    if (await deletePin(tx, conversationId, messageId)) {
      append(conversationStream(conversationId), 'pin:removed', { conversationId, messageId });
    }
    if (message.thread_id !== null) await countReplyOut(tx, append, message.thread_id);
    await tell('messages:deleted', { conversationId, messageIds: [messageId] });
    return {};
  }),

  read(messages.history, async ({ actor, db, input, subject }) => {
    if (!mayDo(subject, actor.userId).history) throw problem('forbidden');
    const page = versions.page(input);
    const found = await revisionPage(db, input.messageId, { before: page.after ?? NEWEST, limit: page.limit });
    const { rows, nextCursor } = versions.cut(found, page, ({ version }) => version);
    return { items: rows.map(presentRevision), nextCursor };
  }),
];
