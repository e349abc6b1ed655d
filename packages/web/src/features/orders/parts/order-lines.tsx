import type { Order } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { LinePicture } from '../../catalog/index.ts';
import styles from './orders.module.css';

/** What was ordered, as on a bill. */
export function OrderLines({ order: { currency, lines, total } }: { order: Order }) {
  const { t } = useLingui();
  const { money, number } = useFormats();
  return (
    <table className={styles.lines} aria-label={t`Products`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Product</Trans>
          </th>
          <th scope="col">
            <Trans>Pieces</Trans>
          </th>
          <th scope="col">
            <Trans>Price</Trans>
          </th>
          <th scope="col">
            <Trans>Sum</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.productId}>
            <th scope="row">
              <span className={styles.product}>
                <LinePicture productId={line.productId} />
                <bdi>{line.name}</bdi>
              </span>
            </th>
            <td>{number(line.quantity)}</td>
            <td>{money(line.price, currency)}</td>
            <td>{money(line.total, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            <Trans>Total</Trans>
          </th>
          <td>{money(total, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
