import { saved, sizes } from '@atrium/protocol';
import { validate } from 'uuid';
import { command, type Implementation, keyset, problem, read } from '../../../platform/module/index.ts';
import { rolesOf } from '../../workspaces/index.ts';
import { lockMessage } from '../rows/message-store.ts';
import { lockPersonalItems } from '../rows/personal-lock-store.ts';
import { mayBrowse } from '../rows/policy.ts';
import { presentMessage } from '../rows/present.ts';
import { countSaved, deleteSaved, insertSaved, type SavedPosition, savedPage } from './store.ts';

const pages = keyset(
  ['number', 'string'],
  (savedAt, messageId) => (Number.isSafeInteger(savedAt) && validate(messageId) ? { savedAt, messageId } : undefined),
  ({ savedAt, messageId }: SavedPosition) => [savedAt, messageId],
);

/** Operations on saved messages. */
export const savedOperations: readonly Implementation[] = [
  read(saved.list, async ({ actor, db, input }) => {
    const page = pages.page(input);
    const roles = [...(await rolesOf(db, actor.userId))];
    const openIn = roles.filter(([, role]) => mayBrowse(role)).map(([workspaceId]) => workspaceId);
    const found = await savedPage(db, { userId: actor.userId, openIn }, page);
    const { rows, nextCursor } = pages.cut(found, page, ({ position }) => position);
    return {
      items: rows.map(({ message, savedAt }) => ({
        message: presentMessage(message),
        savedAt: savedAt.toISOString(),
      })),
      nextCursor,
    };
  }),

  command(saved.add, async ({ actor: { userId }, append, input: { messageId }, now, subject, tx }) => {
    const conversationId = subject.conversation.id;
    // Locked, so that a transaction that removes the message finds the saved item.
    const message = await lockMessage(tx, messageId);
    if (message === undefined) throw problem('not_found');
    if (message.deleted_at !== null) throw problem('conflict', 'The message was deleted.');
    await lockPersonalItems(tx, userId);
    const row = { account_id: userId, message_id: messageId, conversation_id: conversationId, saved_at: now };
    if (!(await insertSaved(tx, row))) return {};
    if ((await countSaved(tx, userId)) > sizes.saved) {
      throw problem('conflict', `One person can save ${sizes.saved} messages.`);
    }
    append(`user:${userId}`, 'saved:added', { conversationId, messageId });
    return {};
  }),

  command(saved.remove, async ({ actor: { userId }, append, input: { messageId }, tx }) => {
    const conversationId = await deleteSaved(tx, userId, messageId);
    if (conversationId !== undefined) append(`user:${userId}`, 'saved:removed', { conversationId, messageId });
    return {};
  }),
];
