import type { IdentityHooks } from '../identity/index.ts';
import { lockConversations } from './conversations/conversation-store.ts';
import { chatParts } from './export/own-data.ts';
import { forgetKeeper } from './kept/removal-store.ts';
import { conversationIdsOf } from './members/member-store.ts';
import { shareReceiptsAnew } from './receipts/receipt-sharing.ts';

/** What chat does when accounts change. */
export const chatIdentityHooks: IdentityHooks = {
  exported: chatParts,

  // Who replies to or mentions somebody holds the conversation before the account.
  async beforeDeleting({ tx }, userId) {
    await lockConversations(tx, await conversationIdsOf(tx, userId));
  },

  async deleting({ tx }, { id }) {
    await forgetKeeper(tx, id);
  },

  async beforeChanging({ tx }, { userId, wanted }) {
    if (wanted.preferences?.hideReceipts !== undefined)
      await lockConversations(tx, await conversationIdsOf(tx, userId));
  },

  async preferencesChanged(context, { userId, before, after }) {
    if (before.hideReceipts === after.hideReceipts) return;
    const ids = await conversationIdsOf(context.tx, userId);
    // Those that they have entered meanwhile are not locked yet.
    await lockConversations(context.tx, ids);
    await shareReceiptsAnew(context, ids);
  },
};
