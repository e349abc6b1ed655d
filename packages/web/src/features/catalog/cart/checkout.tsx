import type { Shop } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextArea } from '../../../ui/field/text-field.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { FormProblem } from '../../identity/index.ts';
import styles from './cart.module.css';
import { totalOf } from './model.ts';
import { changeCart, useCart } from './store.ts';

export interface CheckoutProps {
  shop: Shop;
  isBusy: boolean;
  problem: string | undefined;
  onOrder: () => void;
}

/** Below the cart: the total, a note, and the button that orders. */
export function Checkout({ shop, isBusy, problem, onOrder }: CheckoutProps) {
  const { t } = useLingui();
  const { money } = useFormats();
  const { can, workspaceId } = shop;
  const { lines, note } = useCart(workspaceId);
  const hasAccount = useLive(({ me }) => me !== null);
  const sum = totalOf(lines);
  const here = encodeURIComponent(location.pathname);
  return (
    <div className={styles.checkout}>
      <TextArea
        label={t`Note`}
        hint={t`For those who handle your order.`}
        rows={2}
        maxLength={1000}
        value={note}
        onChange={({ target }) => changeCart(workspaceId, { note: target.value })}
      />
      <p className={styles.total}>
        <Trans>Total</Trans>
        <span className={styles.amount}>{sum ? money(sum.total, sum.currency) : t`Several currencies`}</span>
      </p>
      <FormProblem>{problem}</FormProblem>
      {hasAccount ? (
        <Button
          wide
          variant="primary"
          size={40}
          busy={isBusy}
          disabledReason={can.order || can.join ? undefined : t`You may not order here`}
          onClick={onOrder}
        >
          <Trans>Place order</Trans>
        </Button>
      ) : (
        <p className={styles.signIn}>
          <Trans>To order, you need an account. Your cart waits for you.</Trans>
          <Link to={`/sign-up?returnTo=${here}`}>
            <Trans>Create account</Trans>
          </Link>
          <Link to={`/sign-in?returnTo=${here}`}>
            <Trans>Sign in</Trans>
          </Link>
        </p>
      )}
    </div>
  );
}
