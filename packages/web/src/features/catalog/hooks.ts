import { useOperation, useOperationPages } from '../../live/use-operation.ts';
import { listInput, type ProductFilters } from './model.ts';

/** The shop of a workspace; for strangers too where it is public. */
export const useShop = (workspaceId: string) => useOperation('shops.get', { workspaceId });

/** Its products, page by page. */
export const useProducts = (workspaceId: string, filters: ProductFilters) =>
  useOperationPages('products.list', listInput(workspaceId, filters));

/** One product. @param productId undefined: there is none to ask for */
export const useProduct = (productId: string | undefined) =>
  useOperation('products.get', productId === undefined ? undefined : { productId });
