import type { OrderCounts, OrderStatus, OrderSummary } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { isTyping } from '../../../ui/roving.ts';
import { changeOrder } from '../commands.ts';
import { useStatusNames } from '../hooks.ts';
import { COLUMNS, type Columns, cardBeside, deskOrderAddress, nextOf } from '../model.ts';
import styles from './desk.module.css';
import { OrderCard } from './order-card.tsx';

export interface DeskBoardProps {
  columns: Columns;
  counts: OrderCounts;
}

/** The orders of a desk by status. They move by keys and by their menu, and by themselves when a colleague acts. */
export function DeskBoard({ columns, counts }: DeskBoardProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const names = useStatusNames();
  const board = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState<string>();
  const all = COLUMNS.flatMap((status) => columns[status]);
  const tabStopId = all.some(({ id }) => id === focusedId) ? focusedId : all[0]?.id;
  const focus = (id: string | undefined) => board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus();

  const move = async (order: OrderSummary, to: OrderStatus) => {
    await changeOrder(order, { status: to }, names);
    // The card stands in another column by then, or in a moment.
    requestAnimationFrame(() => focus(order.id));
  };
  const keyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { altKey, ctrlKey, key, metaKey, target } = event;
    const id = (target as HTMLElement).dataset.card;
    const order = all.find((each) => each.id === id);
    if (!order || isTyping(target) || (key !== ']' && (altKey || ctrlKey || metaKey))) return;
    const beside = cardBeside(columns, order.id, key);
    const [next] = nextOf(order.status);
    if (beside !== undefined) focus(beside);
    else if (key === 'Enter') navigate(deskOrderAddress(order.workspaceId, order.id));
    else if (key === ']' && next !== undefined && next !== 'cancelled') void move(order, next);
    else if (key === 'm') (target as HTMLElement).querySelector<HTMLElement>('[aria-haspopup=menu]')?.click();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the cards inside
    <div
      ref={board}
      className={styles.board}
      onKeyDown={keyDown}
      onFocus={({ target }) => {
        const id = target.closest<HTMLElement>('[data-card]')?.dataset.card;
        if (id !== undefined) setFocusedId(id);
      }}
    >
      {COLUMNS.map((status) => (
        <section key={status} className={styles.column} aria-labelledby={`desk-${status}`}>
          <h2 id={`desk-${status}`} className={styles.columnHead}>
            {names[status]} <span className={styles.count}>{counts[status]}</span>
          </h2>
          {columns[status].length > 0 ? (
            <ul className={styles.cards} aria-labelledby={`desk-${status}`}>
              {columns[status].map((order) => (
                <OrderCard
                  key={order.id}
                  order={order}
                  isTabStop={order.id === tabStopId}
                  onMove={(moved, to) => void move(moved, to)}
                />
              ))}
            </ul>
          ) : (
            <p className={styles.empty}>{t`No orders`}</p>
          )}
        </section>
      ))}
    </div>
  );
}
