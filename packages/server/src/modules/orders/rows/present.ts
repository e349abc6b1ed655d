import type {
  EventData,
  OrderChange,
  OrderCounts,
  OrderFacts,
  OrderLine,
  OrderSummary,
  PlacedOrder,
} from '@atrium/protocol';
import { orderCanOf } from '@atrium/protocol';
import type { DeskRow, OrderChangeRow, OrderLineRow, OrderRow } from './tables.ts';

export function presentSummary(row: OrderRow): OrderSummary {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    number: row.number,
    status: row.status,
    buyerId: row.buyer_id,
    assigneeId: row.assignee_id,
    conversationId: row.conversation_id,
    title: row.title,
    lineCount: row.line_count,
    quantity: row.quantity,
    currency: row.currency,
    total: row.total,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  };
}

function presentLine({ product_id, name, price, quantity }: OrderLineRow): OrderLine {
  return { productId: product_id, name, price, quantity, total: price * quantity };
}

/** An order as shown to a viewer. */
export function presentOrder(row: OrderRow, lines: readonly OrderLineRow[], facts: OrderFacts): PlacedOrder {
  return {
    ...presentSummary(row),
    note: row.note,
    lines: lines.map(presentLine),
    can: orderCanOf(row.status, facts),
  };
}

/** The timeline of an order, beginning with its placement. */
export function presentTimeline(row: OrderRow, changes: readonly OrderChangeRow[]): OrderChange[] {
  const placed: OrderChange = {
    from: null,
    to: 'pending',
    assigneeId: null,
    authorId: row.buyer_id,
    note: row.note,
    at: row.created_at.toISOString(),
  };
  const later = changes.map(
    (change): OrderChange => ({
      from: change.from_status,
      to: change.to_status,
      assigneeId: change.assignee_id,
      authorId: change.author_id,
      note: change.note,
      at: change.at.toISOString(),
    }),
  );
  return [placed, ...later];
}

/** The event data for a handled order. */
export function presentHandled(row: OrderRow): EventData['order:assigned'] {
  return {
    orderId: row.id,
    workspaceId: row.workspace_id,
    assigneeId: row.assignee_id,
    version: row.version,
    at: row.updated_at.toISOString(),
  };
}

export function presentCounts({ pending, processing, shipped, delivered, cancelled }: DeskRow): OrderCounts {
  return { pending, processing, shipped, delivered, cancelled };
}
