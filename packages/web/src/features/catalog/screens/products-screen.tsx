import type { Product, Shop } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { DeskIcon, EyeIcon, MoreIcon, PlusIcon, UploadIcon } from '../../../ui/icons.ts';
import { List, Page, Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { useProducts, useShop } from '../hooks.ts';
import { type ProductFilters, productAddress, productsAddress, shopAddress, withFilters } from '../model.ts';
import styles from '../parts/catalog.module.css';
import { Picture } from '../parts/picture.tsx';
import { ProductFilterBar } from '../parts/product-filters.tsx';
import { ShopDialog } from '../parts/shop-dialog.tsx';
import { StockChip } from '../parts/stock-chip.tsx';

/** `/w/:id/desk/products`: what the workspace sells, for those who work there. */
export function ProductsScreen({ workspaceId, filters }: { workspaceId: string; filters: ProductFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const shop = useShop(workspaceId).data;
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useProducts(workspaceId, filters);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const address = productsAddress(workspaceId);
  const manages = shop?.can.manage ?? false;
  return (
    <Page
      title={t`Products`}
      intro={shop && <ShopState shop={shop} />}
      actions={
        manages && (
          <span className={styles.buttons}>
            <MoreActions shop={shop} address={address} />
            <Button variant="primary" icon={PlusIcon} onClick={() => navigate(`${address}/new`)}>
              <Trans>New product</Trans>
            </Button>
          </span>
        )
      }
    >
      <ProductFilterBar
        forStaff
        filters={filters}
        onChange={(wanted) => navigate(withFilters(address, wanted), { replace: true })}
      />
      {error && !items ? (
        <ErrorState title={t`The products could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !items ? (
        <Skeleton rows={6} />
      ) : items.length > 0 ? (
        <List label={t`Products`}>
          {items.map((product) => (
            <ProductRow key={product.id} product={product} />
          ))}
        </List>
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
          title={t`Nothing to sell yet`}
          action={
            manages && (
              <Button icon={UploadIcon} onClick={() => navigate(`${address}/import`)}>
                <Trans>Import a table</Trans>
              </Button>
            )
          }
        >
          <Trans>Add a product, or import all of them from a table.</Trans>
        </EmptyState>
      )}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </Page>
  );
}

/** Whether strangers can see the shop. */
function ShopState({ shop }: { shop: Shop }) {
  return shop.public ? (
    <Trans>The shop is open to everybody.</Trans>
  ) : (
    <Trans>The shop is for members and customers of the workspace.</Trans>
  );
}

function MoreActions({ shop, address }: { shop: Shop | undefined; address: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  if (!shop) return null;
  return (
    <>
      <MenuIconButton
        variant="quiet"
        icon={MoreIcon}
        label={t`More`}
        align="end"
        entries={[
          { label: t`Shop settings…`, icon: DeskIcon, onSelect: () => setOpen(true) },
          { label: t`See the shop`, icon: EyeIcon, onSelect: () => navigate(shopAddress(shop.workspaceId)) },
          { label: t`Import and export`, icon: UploadIcon, onSelect: () => navigate(`${address}/import`) },
        ]}
      />
      {isOpen && <ShopDialog shop={shop} onClose={() => setOpen(false)} />}
    </>
  );
}

function ProductRow({ product }: { product: Product }) {
  const { t } = useLingui();
  const { money } = useFormats();
  const { active, currency, description, id, name, price, workspaceId } = product;
  return (
    <Row
      start={<Picture product={product} />}
      sub={description && <bdi>{description.split('\n')[0]}</bdi>}
      end={
        <>
          {!active && <Chip>{t`Archived`}</Chip>}
          <StockChip product={product} always />
          <span className={styles.price}>{money(price, currency)}</span>
        </>
      }
    >
      <Link to={productAddress(workspaceId, id)}>
        <bdi>{name}</bdi>
      </Link>
    </Row>
  );
}
