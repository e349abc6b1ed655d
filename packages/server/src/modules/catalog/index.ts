import './hooks.ts';
import type { Module } from '../../platform/module/index.ts';
import { catalogAccess } from './access.ts';
import { importOperations } from './import-operations.ts';
import { catalogListeners, catalogTables } from './lifecycle.ts';
import { productOperations } from './product-operations.ts';
import { shopOperations } from './shop-operations.ts';

export { isStaff, mayOrder } from './policy.ts';
export { lockProducts } from './product-store.ts';
export { moveStock } from './stock.ts';
export type { ProductRow } from './tables.ts';

/** The shops of workspaces, their products and their stock. */
export function catalogModule(): Module {
  return {
    name: 'catalog',
    operations: [...shopOperations, ...productOperations, ...importOperations],
    access: catalogAccess,
    on: catalogListeners,
    tables: catalogTables,
  };
}
