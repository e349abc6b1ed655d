import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace, a conversation or an account is deleted. */
export const orderTables: TableLifecycles = {
  desk: { whenGone: { workspace_id: 'deleted' }, partOfExport: { not: 'counted from the orders' } },
  shop_order: {
    whenGone: { workspace_id: 'deleted', buyer_id: 'kept', assignee_id: 'kept', conversation_id: 'kept' },
    partOfExport: { as: 'shop' },
    exported: { as: 'orders' },
  },
  order_change: {
    whenGone: { assignee_id: 'kept', author_id: 'kept' },
    partOfExport: { as: 'shop' },
    exported: { not: 'the history of an order belongs to the shop; your orders are exported as they are now' },
  },
  order_line: { whenGone: {}, partOfExport: { as: 'shop' } },
};
