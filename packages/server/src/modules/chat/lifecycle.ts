import type { TableLifecycles, WhenGone } from '../../platform/module/index.ts';
import { ITEM_TABLES, ITEMS } from './cleanup/items.ts';

/** The lifecycle that ITEMS declares. */
const items = Object.fromEntries(
  ITEM_TABLES.map((table) => {
    const { of, exportedAs, leftOutOfWorkspace } = ITEMS[table];
    const whose: Record<string, WhenGone> = of === 'everyone' ? { pinned_by: 'kept' } : { account_id: 'deleted' };
    const told = of === 'everyone' ? {} : { told: { not: 'only they saw it' } };
    const exported = exportedAs === null ? { not: 'found with the messages that they are about' } : { as: exportedAs };
    const partOfExport = leftOutOfWorkspace === null ? { as: 'conversations' } : { not: leftOutOfWorkspace };
    return [table, { whenGone: { conversation_id: 'cleared', ...whose }, ...told, exported, partOfExport }];
  }),
);

/** What happens to the rows when a workspace, a conversation or an account is deleted. */
export const chatTables: TableLifecycles = {
  conversation: {
    whenGone: { workspace_id: 'deleted', created_by: 'kept', customer_id: 'kept', assignee_id: 'replaced' },
    partOfExport: { as: 'conversations' },
    told: 'conversation:updated',
    exported: { not: 'conversations belong to everyone in them' },
  },
  conversation_member: {
    whenGone: { conversation_id: 'deleted', account_id: 'deleted' },
    partOfExport: { as: 'conversations' },
    told: 'conversation:memberLeft',
    exported: { not: 'who is in a conversation is for its members to know; what somebody wrote there is exported' },
  },
  message: {
    whenGone: { conversation_id: 'cleared', sender_id: 'kept' },
    partOfExport: { as: 'conversations' },
    exported: { as: 'messages' },
  },
  message_revision: {
    whenGone: { changed_by: 'kept' },
    partOfExport: { not: 'messages are exported as they are now' },
    exported: { not: 'earlier texts of messages, which are exported as they are now' },
  },
  ...items,
};
