import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a conversation or an account is deleted. */
export const webhookTables: TableLifecycles = {
  webhook: {
    whenGone: { conversation_id: 'deleted', created_by: 'kept' },
    partOfExport: { as: 'conversations' },
    exported: { not: 'webhooks belong to the conversation' },
  },
};
