import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { DeleteIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { itemAddress } from '../model.ts';
import { LinePicture } from '../parts/line-picture.tsx';
import styles from './cart.module.css';
import { type CartLine, type LineFault, MAX_QUANTITY } from './model.ts';

export interface CartRowProps {
  workspaceId: string;
  line: CartLine;
  /** Why the server refused it. */
  fault: LineFault | undefined;
  onQuantity: (quantity: number) => void;
  onPrice: (price: number) => void;
}

/** One product in the cart. */
export function CartRow({ workspaceId, line, fault, onQuantity, onPrice }: CartRowProps) {
  const { t } = useLingui();
  const { money } = useFormats();
  const { currency, name, price, productId, quantity } = line;
  return (
    <li className={styles.line}>
      <span className={styles.what}>
        <LinePicture productId={productId} />
        <span className={styles.words}>
          <Link to={itemAddress(workspaceId, productId)} className={styles.name}>
            <bdi>{name}</bdi>
          </Link>
          <span className={styles.each}>{money(price, currency)}</span>
        </span>
      </span>
      <span className={styles.quantity}>
        <TextField
          hideLabel
          type="number"
          label={t`How many of ${name}`}
          min={1}
          max={MAX_QUANTITY}
          value={quantity}
          onChange={({ target }) => target.valueAsNumber >= 1 && onQuantity(Math.trunc(target.valueAsNumber))}
        />
      </span>
      <span className={styles.sum}>{money(price * quantity, currency)}</span>
      <IconButton icon={DeleteIcon} label={t`Take ${name} out of the cart`} onClick={() => onQuantity(0)} />
      {fault && <Fault fault={fault} onQuantity={onQuantity} onPrice={onPrice} />}
    </li>
  );
}

function Fault({ fault, onQuantity, onPrice }: Pick<CartRowProps, 'onQuantity' | 'onPrice'> & { fault: LineFault }) {
  const { t } = useLingui();
  const { money, number } = useFormats();
  if (fault.kind === 'short' && fault.left > 0) {
    const left = number(fault.left);
    return (
      <p className={styles.fault}>
        {t`Only ${left} left.`}
        <Button size={28} onClick={() => onQuantity(fault.left)}>{t`Set to ${left}`}</Button>
      </p>
    );
  }
  if (fault.kind === 'price') {
    const price = money(fault.price, fault.currency);
    return (
      <p className={styles.fault}>
        {t`It costs ${price} now.`}
        <Button size={28} onClick={() => onPrice(fault.price)}>
          <Trans>Accept the new price</Trans>
        </Button>
      </p>
    );
  }
  return (
    <p className={styles.fault}>
      {fault.kind === 'short' && t`Sold out.`}
      {fault.kind === 'gone' && t`This is not sold here any more.`}
      {fault.kind === 'currency' && t`This has another currency. Order it by itself.`}
      <Button size={28} onClick={() => onQuantity(0)}>
        <Trans>Take it out</Trans>
      </Button>
    </p>
  );
}
