import './hooks.ts';
import type { Module } from '../../platform/module/index.ts';
import { catalogAccess, catalogHolds } from './access.ts';
import { importOperations } from './import-operations.ts';
import { catalogListeners, catalogTables } from './lifecycle.ts';
import { productPictures } from './picture-parent.ts';
import { productOperations } from './product-operations.ts';
import { shopOperations } from './shop-operations.ts';

export { isStaff, mayOrder } from './policy.ts';
export { productIdsNamed } from './product-list-store.ts';
export { lockProducts } from './product-store.ts';
export { moveStock, type PastMovement, recordMovement, type StockChange } from './stock.ts';
export { inOrderOfStock } from './stock-order.ts';
export { movementsOfProduct } from './stock-store.ts';
export type { ProductRow } from './tables.ts';

/** The shops of workspaces, their products and their stock. */
export function catalogModule(): Module {
  return {
    name: 'catalog',
    operations: [...shopOperations, ...productOperations, ...importOperations],
    access: catalogAccess,
    holds: catalogHolds,
    attachmentParents: { product: productPictures },
    on: catalogListeners,
    tables: catalogTables,
  };
}
