import type { Executor } from '../../../platform/database/index.ts';
import { linesOf } from '../rows/order-store.ts';
import type { OrderChangeRow, OrderRow } from '../rows/tables.ts';
import type { PastOrder } from './past-order.ts';
import { changesOfOrders, ordersAfter } from './store.ts';

const PAGE = 200;

/** All orders of a workspace, lowest number first. */
export async function* ordersOfWorkspace(
  db: Executor,
  workspaceId: string,
): AsyncGenerator<PastOrder & { id: string; number: number }, void> {
  let after = 0;
  for (;;) {
    const rows = await ordersAfter(db, { workspaceId, after, limit: PAGE });
    const ids = rows.map(({ id }) => id);
    const lines = await linesOf(db, ids);
    const changes = await changesOfOrders(db, ids);
    for (const row of rows) {
      const found = (lines.get(row.id) ?? []).map(({ name, price, product_id: productId, quantity }) => {
        return { productId, name, price, quantity };
      });
      yield { ...present(row), lines: found, changes: (changes.get(row.id) ?? []).map(presentChange) };
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

const present = ({ id, number, ...row }: OrderRow) => ({
  id,
  number,
  buyerId: row.buyer_id,
  conversationId: row.conversation_id,
  currency: row.currency,
  note: row.note,
  createdAt: row.created_at,
});

const presentChange = ({ assignee_id: assigneeId, at, author_id: authorId, note, to_status: to }: OrderChangeRow) => ({
  to,
  assigneeId,
  authorId,
  note,
  at,
});
