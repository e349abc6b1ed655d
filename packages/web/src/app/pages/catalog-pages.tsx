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

/** The products of a workspace, for its staff. */
export function ProductsPage() {
  const { workspaceId = '' } = useIds();
  return <ProductsScreen workspaceId={workspaceId} filters={useFilters()} />;
}

/** One product. */
export function ProductPage() {
  const { productId = '' } = useIds();
  return <ProductScreen key={productId} productId={productId} />;
}

/** A new product. */
export function NewProductPage() {
  const { workspaceId = '' } = useIds();
  return <NewProductScreen workspaceId={workspaceId} />;
}

/** Import and export of products. */
export function ImportPage() {
  const { workspaceId = '' } = useIds();
  return <ImportScreen workspaceId={workspaceId} />;
}

/** The shop, for everyone who may see it. */
export function ShopPage() {
  const { workspaceId = '' } = useIds();
  return <ShopScreen workspaceId={workspaceId} filters={useFilters()} />;
}

/** One product of the shop. */
export function ItemPage() {
  const { workspaceId = '', productId = '' } = useIds();
  return <ItemScreen key={productId} workspaceId={workspaceId} productId={productId} />;
}

/** The cart. */
export function CartPage() {
  const { workspaceId = '' } = useIds();
  return <CartScreen workspaceId={workspaceId} />;
}
