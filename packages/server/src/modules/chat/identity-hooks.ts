import type { IdentityHooks } from '../identity/index.ts';
import { forgetKeeper } from './cleanup/removal-store.ts';
import { chatParts } from './export/own-data.ts';
import { shareReceiptsAnew } from './receipts/sharing.ts';
import { lockConversations } from './rows/conversation-store.ts';
import { conversationIdsOf } from './rows/member-store.ts';

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
