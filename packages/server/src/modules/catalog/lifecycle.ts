import type { Listeners, TableLifecycles } from '../../platform/module/index.ts';
import { deleteProductsOf } from './product-store.ts';
import { deleteShop } from './shop-store.ts';

/** What happens to the rows when a workspace or an account is deleted. */
export const catalogTables: TableLifecycles = {
  shop: { whenGone: { workspace_id: 'deleted' }, partOfExport: { as: 'shop' } },
  product: { whenGone: { workspace_id: 'deleted' }, partOfExport: { as: 'shop' } },
  stock_movement: {
    whenGone: { author_id: 'kept' },
    partOfExport: { as: 'shop' },
    exported: { not: 'the book of a stock belongs to the workspace' },
  },
};

/** How the catalog reacts to changes of workspaces. */
export const catalogListeners: Listeners = {
  async 'workspace:deleting'({ tx }, { workspaceId }) {
    await deleteProductsOf(tx, workspaceId);
    await deleteShop(tx, workspaceId);
  },
};
