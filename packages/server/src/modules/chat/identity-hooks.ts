import type { Listeners } from '../../platform/module/index.ts';
import { deletePersonalItems } from './cleanup/removal-store.ts';
import { reshareReceipts } from './receipts/sharing.ts';
import { lockConversations } from './rows/conversation-store.ts';
import { conversationIdsOf } from './rows/member-store.ts';

/** What chat does when accounts change. */
export const accountListeners: Listeners = {
  // A reply or a mention locks the conversation before the account.
  async 'account:beforeDelete'({ tx }, { userId }) {
    await lockConversations(tx, await conversationIdsOf(tx, userId));
  },

  async 'account:erasing'({ tx }, { userId }) {
    await deletePersonalItems(tx, userId);
  },

  async 'account:beforeUpdate'({ tx }, { userId, wanted }) {
    if (wanted.preferences?.hideReceipts !== undefined)
      await lockConversations(tx, await conversationIdsOf(tx, userId));
  },

  async 'account:preferencesChanged'(work, { userId, before, after }) {
    if (before.hideReceipts === after.hideReceipts) return;
    const ids = await conversationIdsOf(work.tx, userId);
    // Conversations that the user has joined in the meantime are not locked yet.
    await lockConversations(work.tx, ids);
    await reshareReceipts(work, ids);
  },
};
