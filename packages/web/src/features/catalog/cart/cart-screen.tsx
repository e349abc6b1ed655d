import type { Shop } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { AtriumError } from '../../../live/derived.ts';
import { queries } from '../../../live/queries.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { useShop } from '../hooks.ts';
import { shopAddress } from '../model.ts';
import { ClosedShop } from '../parts/closed-shop.tsx';
import shopStyles from '../parts/shop.module.css';
import { ShopFrame } from '../parts/shop-frame.tsx';
import styles from './cart.module.css';
import { CartRow } from './cart-row.tsx';
import { Checkout } from './checkout.tsx';
import { orderCart } from './commands.ts';
import { type CartLine, faultsOf, type LineFault, withPrice, withQuantity } from './model.ts';
import { cartOf, changeCart, useCart } from './store.ts';

/** `/shop/:workspaceId/cart`: what somebody wants to order; strangers fill it too. */
export function CartScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const { data: shop, error } = useShop(workspaceId);
  return (
    <ShopFrame shop={shop} title={t`Cart`}>
      <p className={shopStyles.back}>
        <Link to={shopAddress(workspaceId)}>
          <Trans>All products</Trans>
        </Link>
      </p>
      {shop ? <Contents shop={shop} /> : error ? <ClosedShop error={error} /> : <Skeleton rows={4} />}
    </ShopFrame>
  );
}

function Contents({ shop }: { shop: Shop }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { can, workspaceId } = shop;
  const { lines } = useCart(workspaceId);
  const [faults, setFaults] = useState<ReadonlyMap<string, LineFault>>(new Map());
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  /** Changes a line; what was said about it no longer holds. */
  const change = (productId: string, next: readonly CartLine[]) => {
    changeCart(workspaceId, { lines: next });
    setFaults(new Map([...faults].filter(([id]) => id !== productId)));
    setProblem(undefined);
  };
  const order = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const orderId = await orderCart(workspaceId, can.join);
      navigate(`/orders/${orderId}`);
    } catch (error) {
      if (!(error instanceof AtriumError)) throw error;
      setFaults(faultsOf(error, cartOf(workspaceId).lines));
      setProblem(problemText(error));
      // The shelves show what is left as well.
      void queries.invalidateQueries({ queryKey: ['products.list'] });
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <h1 tabIndex={-1} className={shopStyles.title}>
        <Trans>Cart</Trans>
      </h1>
      {lines.length === 0 ? (
        <EmptyState title={t`Your cart is empty`}>
          <Trans>What you put into it stays here, also while you are signed out.</Trans>
        </EmptyState>
      ) : (
        <>
          <ul aria-label={t`Cart`} className={styles.lines}>
            {lines.map((line) => (
              <CartRow
                key={line.productId}
                workspaceId={workspaceId}
                line={line}
                fault={faults.get(line.productId)}
                onQuantity={(quantity) => change(line.productId, withQuantity(lines, line.productId, quantity))}
                onPrice={(price) => change(line.productId, withPrice(lines, line.productId, price))}
              />
            ))}
          </ul>
          <Checkout shop={shop} isBusy={isBusy} problem={problem} onOrder={() => void order()} />
        </>
      )}
    </>
  );
}
