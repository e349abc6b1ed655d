import type { Product, Shop } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { AddButton } from '../cart/add-button.tsx';
import { useProducts, useShop } from '../hooks.ts';
import { itemAddress, type ProductFilters, productsAddress, shopAddress, withFilters } from '../model.ts';
import { ClosedShop } from '../parts/closed-shop.tsx';
import { Picture } from '../parts/picture.tsx';
import { ProductFilterBar } from '../parts/product-filters.tsx';
import styles from '../parts/shop.module.css';
import { ShopFrame } from '../parts/shop-frame.tsx';
import { StockChip } from '../parts/stock-chip.tsx';

/** `/shop/:workspaceId`: what there is to buy, for anyone where the shop is public. */
export function ShopScreen({ workspaceId, filters }: { workspaceId: string; filters: ProductFilters }) {
  const { t } = useLingui();
  const { data: shop, error } = useShop(workspaceId);
  return (
    <ShopFrame shop={shop} title={shop?.name ?? t`Shop`}>
      {shop ? (
        <Shelves shop={shop} filters={filters} />
      ) : error ? (
        <ClosedShop error={error} />
      ) : (
        <Skeleton rows={3} kind="card" />
      )}
    </ShopFrame>
  );
}

function Shelves({ shop, filters }: { shop: Shop; filters: ProductFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { workspaceId } = shop;
  // Whoever works there sees here what customers see.
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useProducts(workspaceId, {
    ...filters,
    show: 'active',
  });
  const address = shopAddress(workspaceId);
  const isFiltered = filters.q !== undefined || filters.inStock;
  return (
    <>
      <h1 tabIndex={-1} className={styles.title}>
        <bdi>{shop.name}</bdi>
      </h1>
      {shop.introduction !== '' && (
        <p className={styles.introduction} dir="auto">
          {shop.introduction}
        </p>
      )}
      <ProductFilterBar
        filters={filters}
        onChange={(wanted) => navigate(withFilters(address, wanted), { replace: true })}
      />
      {error && !items ? (
        <ErrorState title={t`The products could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !items ? (
        <Skeleton rows={3} kind="card" />
      ) : items.length > 0 ? (
        <ul aria-label={t`Products`} className={styles.grid}>
          {items.map((product) => (
            <Tile key={product.id} product={product} />
          ))}
        </ul>
      ) : isFiltered ? (
        <EmptyState
          title={t`No product fits`}
          action={
            <Button onClick={() => navigate(address, { replace: true })}>
              <Trans>Clear filters</Trans>
            </Button>
          }
        />
      ) : (
        <EmptyState
          title={t`The shelves are empty`}
          action={
            shop.can.manage && (
              <Link to={productsAddress(workspaceId)}>
                <Trans>Add products</Trans>
              </Link>
            )
          }
        >
          <Trans>There is nothing to buy here yet.</Trans>
        </EmptyState>
      )}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

function Tile({ product }: { product: Product }) {
  const { money } = useFormats();
  const { currency, id, name, price, workspaceId } = product;
  return (
    <li className={styles.tile}>
      <Picture product={product} />
      <Link to={itemAddress(workspaceId, id)} className={styles.name}>
        <bdi>{name}</bdi>
      </Link>
      <span className={styles.facts}>
        <span className={styles.price}>{money(price, currency)}</span>
        <StockChip product={product} />
      </span>
      <span className={styles.add}>
        <AddButton small product={product} />
      </span>
    </li>
  );
}
