import type { Product, StockMovement } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useForm } from '../../../live/use-form.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { FormProblem } from '../../identity/index.ts';
import { moveStock } from '../commands.ts';
import styles from './catalog.module.css';
import { StockChip } from './stock-chip.tsx';

/** How much there is of a product, and how that came about. */
export function StockPart({ product }: { product: Product }) {
  const { t } = useLingui();
  const { items, hasMore, isLoadingMore, loadMore } = useOperationPages('products.movements', {
    productId: product.id,
    limit: 20,
  });
  return (
    <Section title={<Trans>Stock</Trans>} action={<StockChip product={product} always />}>
      {product.can.moveStock && <MoveForm productId={product.id} />}
      <List label={t`Movements`}>
        {items?.map((movement) => (
          <MovementRow key={movement.id} workspaceId={product.workspaceId} movement={movement} />
        ))}
      </List>
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show earlier ones</Trans>
          </Button>
        </div>
      )}
    </Section>
  );
}

function MoveForm({ productId }: { productId: string }) {
  const { t } = useLingui();
  // A new key empties the fields once the stock has changed.
  const [round, setRound] = useState(0);
  const { form, isBusy, errors, problem } = useForm({
    fields: { out_of_stock: 'count' },
    send: async ({ count = '0', way, note = '' }) => {
      const change = Number(count) * (way === 'loss' || way === 'less' ? -1 : 1);
      const reason = way === 'delivery' || way === 'loss' ? way : 'correction';
      await moveStock({ productId, change, reason, note });
      setRound(round + 1);
    },
  });
  return (
    <form {...form} key={round} className={styles.move}>
      <Select name="way" label={t`What happened`}>
        <option value="delivery">{t({ message: 'Delivered', context: 'stock' })}</option>
        <option value="loss">{t`Lost or broken`}</option>
        <option value="more">{t`Counted more`}</option>
        <option value="less">{t`Counted fewer`}</option>
      </Select>
      <TextField name="count" type="number" label={t`How many`} min={1} max={1e9} required error={errors.count} />
      <TextField name="note" label={t`Note`} dir="auto" maxLength={500} error={errors.note} />
      <Button type="submit" size={40} busy={isBusy}>
        <Trans>Record</Trans>
      </Button>
      <FormProblem>{problem}</FormProblem>
    </form>
  );
}

function MovementRow({ workspaceId, movement }: { workspaceId: string; movement: StockMovement }) {
  const { t } = useLingui();
  const { number, recent } = useFormats();
  const { authorId, change, createdAt, note, reason, stockAfter } = movement;
  const author = useLive(({ workspaces }) => workspaces[workspaceId]?.members[authorId ?? '']?.user.name);
  const reasons: Record<StockMovement['reason'], string> = {
    created: t`First count`,
    correction: t`Counted`,
    delivery: t({ message: 'Delivered', context: 'stock' }),
    loss: t`Lost or broken`,
    import: t`Imported`,
    order: t`Ordered`,
    cancellation: t`Order cancelled`,
  };
  const after = number(stockAfter);
  return (
    <Row
      start={
        <span className={styles.change}>
          {change > 0 ? '+' : '−'}
          {number(Math.abs(change))}
        </span>
      }
      sub={[note, author].filter(Boolean).join(' · ')}
      end={
        <>
          {t`${after} afterwards`}
          <time dateTime={createdAt}>{recent(createdAt)}</time>
        </>
      }
    >
      {reasons[reason]}
    </Row>
  );
}
