import { useParams, useSearch } from '@tanstack/react-router';
import {
  CartScreen,
  ImportScreen,
  ItemScreen,
  NewProductScreen,
  ProductScreen,
  ProductsScreen,
  readProductFilters,
  ShopScreen,
} from '../../features/catalog/index.ts';

const useIds = () => useParams({ strict: false }) as { workspaceId?: string; productId?: string };
const useFilters = () => readProductFilters(useSearch({ strict: false }) as Record<string, unknown>);

/** The products of a workspace, for those who work there. */
export function ProductsPage() {
  const { workspaceId = '' } = useIds();
  return <ProductsScreen workspaceId={workspaceId} filters={useFilters()} />;
}

/** One of them. */
export function ProductPage() {
  const { productId = '' } = useIds();
  return <ProductScreen key={productId} productId={productId} />;
}

/** Another one. */
export function NewProductPage() {
  const { workspaceId = '' } = useIds();
  return <NewProductScreen workspaceId={workspaceId} />;
}

/** All of them as a table. */
export function ImportPage() {
  const { workspaceId = '' } = useIds();
  return <ImportScreen workspaceId={workspaceId} />;
}

/** The shop, for whoever may see it. */
export function ShopPage() {
  const { workspaceId = '' } = useIds();
  return <ShopScreen workspaceId={workspaceId} filters={useFilters()} />;
}

/** One product in it. */
export function ItemPage() {
  const { workspaceId = '', productId = '' } = useIds();
  return <ItemScreen key={productId} workspaceId={workspaceId} productId={productId} />;
}

/** What somebody wants to buy there. */
export function CartPage() {
  const { workspaceId = '' } = useIds();
  return <CartScreen workspaceId={workspaceId} />;
}
