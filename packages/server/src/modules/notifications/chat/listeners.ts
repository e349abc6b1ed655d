import { firstCharacters } from '@atrium/protocol';
import type { Listeners, Work } from '../../../platform/module/index.ts';
import { contactsById, usersById } from '../../identity/index.ts';
import { notify, type WantedNotification } from '../deciding/notify.ts';
import { announceRead, announceRemoved, removeNotifications } from '../reading/events.ts';
import {
  dropMessages,
  markMessagesRead,
  markThreadRead,
  setMessagePositions,
  updateQuotes,
} from '../rows/notification-store.ts';
import { deleteLevelsIn, levelsIn } from '../rows/settings-store.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { linkOf, QUOTED, titleOf } from './words.ts';

/** The text of a notification whose latest message was deleted. */
const DELETED = 'This message was deleted.';

/** The text of a notification whose latest message no longer mentions the person. */
const NOT_MENTIONED = 'This message was edited.';

const toId = ({ accountId }: Recipient) => accountId;

/** Tells people which of their notifications were deleted, and which cover one message less. */
async function announceDropped(work: Work, rows: Awaited<ReturnType<typeof dropMessages>>): Promise<void> {
  await announceRemoved(
    work,
    rows.filter(({ count }) => count === 0),
  );
  for (const { id, account_id: userId } of rows.filter(({ count, shown }) => count > 0 && shown)) {
    work.append(`user:${userId}`, 'notification', { notificationId: id, userId });
  }
}

/** Notifications of messages, and how they change when messages are read, edited and deleted. */
export const chatListeners: Listeners = {
  async 'messages:writing'(work, { messages }) {
    const levels = await levelsIn(work.tx, [...new Set(messages.map(({ conversationId }) => conversationId))]);
    const concerned = messages.map((message) => ({
      message,
      recipients: recipientsOf(message, levels.get(message.conversationId) ?? new Map()),
    }));
    if (concerned.every(({ recipients }) => recipients.length === 0)) return;
    const contacts = await contactsById(work.tx, [
      ...new Set(concerned.flatMap(({ message, recipients }) => [message.senderId, ...recipients.map(toId)])),
    ]);
    const programs = messages
      .filter(({ senderId, via }) => via === null && !contacts.has(senderId))
      .map(({ senderId }) => senderId);
    const others = programs.length === 0 ? new Map<string, { name: string }>() : await usersById(work.tx, programs);
    await notify(
      work,
      concerned.flatMap(({ message, recipients }) => {
        const { id, conversationId, conversationName, workspaceId, senderId, threadId, content } = message;
        const sender = message.via?.name ?? (contacts.get(senderId) ?? others.get(senderId))?.name ?? 'Somebody';
        const about = { conversationId, workspaceId, message: { id, threadId }, link: linkOf(message) };
        return recipients.map(
          ({ cause, ...recipient }): WantedNotification => ({
            ...about,
            ...recipient,
            cause,
            title: titleOf(cause, sender, conversationName),
            body: firstCharacters(content, QUOTED),
            actorId: senderId,
          }),
        );
      }),
      { levels, contacts },
    );
  },

  'messages:placed': ({ tx }, { messages }) => setMessagePositions(tx, messages),

  async 'message:edited'(work, { messageId, content }) {
    for (const { id, account_id: userId } of await updateQuotes(work.tx, messageId, firstCharacters(content, QUOTED))) {
      work.append(`user:${userId}`, 'notification', { notificationId: id, userId });
    }
  },

  async 'message:mentionsRemoved'(work, { messageId, userIds }) {
    await announceDropped(work, await dropMessages(work.tx, [messageId], NOT_MENTIONED, userIds));
  },

  async 'messages:deleted'(work, { messageIds }) {
    if (messageIds.length === 0) return;
    await announceDropped(work, await dropMessages(work.tx, messageIds, DELETED));
  },

  async 'conversations:read'(work, { reads }) {
    await announceRead(work, await markMessagesRead(work.tx, reads, work.now));
  },

  async 'thread:read'(work, read) {
    await announceRead(work, await markThreadRead(work.tx, read, work.now));
  },

  async 'conversation:memberRemoved'(work, { userId, conversationIds }) {
    await removeNotifications(work, { conversationIds, userId });
  },

  async 'conversation:deleting'(work, { conversationIds }) {
    await removeNotifications(work, { conversationIds });
    for (const { account_id, conversation_id } of await deleteLevelsIn(work.tx, conversationIds)) {
      const data = { conversationId: conversation_id, level: null, until: null };
      work.append(`user:${account_id}`, 'notification:conversation', data);
    }
  },
};
