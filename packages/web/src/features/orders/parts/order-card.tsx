import type { OrderStatus, OrderSummary } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { classes } from '../../../ui/classes.ts';
import { MoreIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { usePeople, useStatusNames } from '../hooks.ts';
import { deskOrderAddress, nextOf } from '../model.ts';
import styles from './desk.module.css';

export interface OrderCardProps {
  order: OrderSummary;
  isTabStop: boolean;
  onMove: (order: OrderSummary, to: OrderStatus) => void;
}

/** An order on the desk. */
export function OrderCard({ order, isTabStop, onMove }: OrderCardProps) {
  const { t } = useLingui();
  const { money, recent } = useFormats();
  const names = useStatusNames();
  const nameOf = usePeople(order.workspaceId);
  const myId = useLive(({ me }) => me?.id);
  const { assigneeId, createdAt, currency, id, number, status, title, total, workspaceId } = order;
  const buyer = nameOf(order.buyerId) ?? t`Customer`;
  const name = assigneeId === null ? undefined : (nameOf(assigneeId) ?? t`somebody`);
  const next = nextOf(status);
  return (
    <li data-card={id} tabIndex={isTabStop ? 0 : -1} aria-label={t`Order ${number}, ${buyer}`} className={styles.card}>
      <div className={styles.cardHead}>
        <Link to={deskOrderAddress(workspaceId, id)} tabIndex={-1} className={styles.cardTitle}>
          {number} <bdi>{buyer}</bdi>
        </Link>
        {next.length > 0 && (
          <MenuIconButton
            size={24}
            icon={MoreIcon}
            label={t`Move to…`}
            keys="m"
            tabIndex={-1}
            align="end"
            entries={next.map((to) => ({ label: names[to], onSelect: () => onMove(order, to) }))}
          />
        )}
      </div>
      <bdi className={styles.cardName}>{title}</bdi>
      <div className={styles.cardFacts}>
        <span className={styles.amount}>{money(total, currency)}</span>
        <time dateTime={createdAt}>{recent(createdAt)}</time>
      </div>
      {name !== undefined && (
        <span className={classes(styles.taken, assigneeId === myId && styles.mine)}>
          {assigneeId === myId ? t`Taken by you` : t`Taken by ${name}`}
        </span>
      )}
    </li>
  );
}
