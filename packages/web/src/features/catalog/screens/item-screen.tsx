import type { Product } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { AddButton } from '../cart/add-button.tsx';
import { useProduct, useShop } from '../hooks.ts';
import { productAddress, shopAddress, stockLevel } from '../model.ts';
import { ClosedShop } from '../parts/closed-shop.tsx';
import { ItemPictures } from '../parts/item-pictures.tsx';
import styles from '../parts/shop.module.css';
import { ShopFrame } from '../parts/shop-frame.tsx';
import { StockChip } from '../parts/stock-chip.tsx';

/** `/shop/:workspaceId/:productId`: one product, as customers see it. */
export function ItemScreen({ workspaceId, productId }: { workspaceId: string; productId: string }) {
  const { t } = useLingui();
  const shop = useShop(workspaceId).data;
  const { data: product, error } = useProduct(productId);
  return (
    <ShopFrame shop={shop} title={product?.name ?? t`Shop`}>
      <p className={styles.back}>
        <Link to={shopAddress(workspaceId)}>
          <Trans>All products</Trans>
        </Link>
      </p>
      {product ? <Item product={product} /> : error ? <ClosedShop error={error} /> : <Skeleton rows={4} />}
    </ShopFrame>
  );
}

function Item({ product }: { product: Product }) {
  const { t } = useLingui();
  const { money } = useFormats();
  const { can, currency, description, id, name, price, workspaceId } = product;
  return (
    <article className={styles.item}>
      <ItemPictures product={product} />
      <div className={styles.words}>
        <h1 tabIndex={-1} className={styles.title}>
          <bdi>{name}</bdi>
        </h1>
        <p className={styles.facts}>
          <span className={styles.largePrice}>{money(price, currency)}</span>
          {stockLevel(product) === 'enough' ? <Chip tone="leaf">{t`In stock`}</Chip> : <StockChip product={product} />}
        </p>
        {description !== '' && (
          <p className={styles.description} dir="auto">
            {description}
          </p>
        )}
        <p>
          <AddButton product={product} />
        </p>
        {can.update && (
          <p>
            <Link to={productAddress(workspaceId, id)} className={styles.link}>
              <Trans>Change this product</Trans>
            </Link>
          </p>
        )}
      </div>
    </article>
  );
}
