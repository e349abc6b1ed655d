import { mayBecome, type OrderStatus } from '@atrium/protocol';
import { problem, type Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { countMove, takeNumbers } from '../rows/desk-store.ts';
import { insertOrders, updateOrder } from '../rows/order-store.ts';
import { presentSummary } from '../rows/present.ts';
import { deskStream } from '../rows/stream.ts';
import type { OrderLineRow, OrderRow } from '../rows/tables.ts';
import { announceChange } from '../view/announce.ts';
import type { PastOrder } from './past-order.ts';

type Writing = Pick<Work, 'tx' | 'as'>;

/**
 * Adds a past order with its history to a workspace with a desk, under the next number. The stock does not change,
 * since the items were taken from it long ago, and nobody is notified.
 * @throws `conflict`, before anything is written, if its status changed in a way that is not possible
 */
export async function recordOrder(
  work: Writing,
  workspaceId: string,
  past: PastOrder,
): Promise<{ id: string; number: number }> {
  checkHistory(past);
  const number = await takeNumbers(work.tx, workspaceId, 1);
  const placed = rowOf(workspaceId, number, past);
  await insertOrders(work.tx, [placed], linesFor(placed.id, past));
  const { append } = work.as(past.buyerId);
  const summary = presentSummary(placed);
  append(deskStream(workspaceId), 'order:created', summary);
  append(`user:${past.buyerId}`, 'order:created', summary);
  let order = placed;
  for (const change of past.changes) order = await move(work, order, change);
  return { id: placed.id, number };
}

function checkHistory({ changes }: PastOrder): void {
  let status: OrderStatus = 'pending';
  for (const { to } of changes) {
    if (to !== status && !mayBecome(status, to)) throw problem('conflict', `It went from ${status} to ${to}.`);
    status = to;
  }
}

async function move(work: Writing, before: OrderRow, change: PastOrder['changes'][number]): Promise<OrderRow> {
  const { assigneeId, at, authorId, note, to } = change;
  const after = { ...before, status: to, assignee_id: assigneeId, updated_at: at, version: before.version + 1 };
  await updateOrder(work.tx, after, {
    id: newId(),
    order_id: before.id,
    from_status: before.status,
    to_status: to,
    assignee_id: assigneeId,
    author_id: authorId,
    note,
    at,
  });
  if (to !== before.status) await countMove(work.tx, before.workspace_id, { from: before.status, to });
  announceChange(work.as(authorId), after, before.status);
  return after;
}

function rowOf(workspaceId: string, number: number, past: PastOrder): OrderRow {
  const { buyerId, conversationId, createdAt, currency, lines, note } = past;
  return {
    id: newId(),
    workspace_id: workspaceId,
    number,
    buyer_id: buyerId,
    intent_key: null,
    intent_hash: null,
    status: 'pending',
    title: lines[0]?.name ?? '',
    line_count: lines.length,
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    currency,
    total: lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    note,
    assignee_id: null,
    conversation_id: conversationId,
    created_at: createdAt,
    updated_at: createdAt,
    version: 1,
  };
}

const linesFor = (orderId: string, { lines }: PastOrder): OrderLineRow[] =>
  lines.map(({ name, price, productId, quantity }, at) => ({
    order_id: orderId,
    position: at + 1,
    product_id: productId,
    name,
    price,
    quantity,
  }));
