import type { IdentityHooks } from '../identity/index.ts';
import { lockConversations } from './conversations/conversation-store.ts';
import { chatParts } from './export/own-data.ts';
import { forgetKeeper } from './kept/removal-store.ts';
import { conversationIdsOf } from './members/member-store.ts';
import { shareReceiptsAnew } from './receipts/receipt-sharing.ts';

/** What chat does when accounts change. */
export const chatIdentityHooks: IdentityHooks = {
  exported: chatParts,

  async deleting({ tx }, { id }) {
    await forgetKeeper(tx, id);
  },

  async preferencesChanged(context, { userId, before, after }) {
    if (before.hideReceipts === after.hideReceipts) return;
    const ids = await conversationIdsOf(context.tx, userId);
    await lockConversations(context.tx, ids);
    await shareReceiptsAnew(context, ids);
  },
};
