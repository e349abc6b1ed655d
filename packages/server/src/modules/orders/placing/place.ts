import type { PlacedOrder } from '@atrium/protocol';
import { ProblemError, problem, type Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { lockProducts, mayOrder, moveStock, type ProductRow, type StockChange } from '../../catalog/index.ts';
import { casesFor } from '../../chat/index.ts';
import { holdCallers } from '../../identity/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { takeNumbers } from '../rows/desk-store.ts';
import { insertOrders, linesOf, ordersByIntent } from '../rows/order-store.ts';
import { factsOf, type Standing } from '../rows/policy.ts';
import { presentOrder, presentSummary } from '../rows/present.ts';
import { deskStream } from '../rows/stream.ts';
import type { OrderLineRow, OrderRow } from '../rows/tables.ts';
import { type Basket, fill } from './basket.ts';
import type { Wish } from './wish.ts';

/** A placed order, or the reason why it was refused. */
export type Outcome = PlacedOrder | ProblemError;

/** A wish that can be fulfilled. */
interface Filled {
  wish: Wish;
  basket: Basket;
}

const standingOf = ({ buyerId }: Wish, roles: ReadonlyMap<string, Standing['role']>): Standing => ({
  role: roles.get(buyerId),
  userId: buyerId,
});

/** Refuses callers who may not order here. */
function refusalOf(wish: Wish, roles: ReadonlyMap<string, Standing['role']>): ProblemError | undefined {
  const { role } = standingOf(wish, roles);
  if (role === undefined) return problem('not_found');
  return mayOrder(role) ? undefined : problem('forbidden');
}

/**
 * The results of wishes that were placed before, by wish: the earlier order, or a conflict if the key was used for
 * another one.
 */
async function repeated(
  { tx }: Work,
  workspaceId: string,
  wishes: readonly Wish[],
  roles: ReadonlyMap<string, Standing['role']>,
): Promise<Map<Wish, Outcome>> {
  const intents = wishes.flatMap(({ buyerId, intent }) => (intent ? [{ buyerId, key: intent.key }] : []));
  const earlier = await ordersByIntent(tx, workspaceId, intents);
  const lines = await linesOf(
    tx,
    earlier.map(({ id }) => id),
  );
  return new Map(
    wishes.flatMap((wish): [Wish, Outcome][] => {
      const { intent, buyerId } = wish;
      const row = earlier.find(({ buyer_id, intent_key }) => buyer_id === buyerId && intent_key === intent?.key);
      if (row === undefined || intent === undefined) return [];
      if (!row.intent_hash?.equals(intent.hash)) return [[wish, problem('idempotency_mismatch')]];
      return [[wish, presentOrder(row, lines.get(row.id) ?? [], factsOf(buyerId, standingOf(wish, roles)))]];
    }),
  );
}

/** Fulfils the wishes from the stock, one after the other. */
function fillAll(
  wishes: readonly Wish[],
  products: ReadonlyMap<string, ProductRow>,
): { filled: Filled[]; refused: Map<Wish, Outcome> } {
  const shelf = new Map(products);
  const filled: Filled[] = [];
  const refused = new Map<Wish, Outcome>();
  for (const wish of wishes) {
    const basket = fill(wish, shelf);
    if (basket instanceof ProblemError) refused.set(wish, basket);
    else {
      filled.push({ wish, basket });
      for (const { product, quantity } of basket.lines) {
        shelf.set(product.id, { ...product, stock: product.stock - quantity });
      }
    }
  }
  return { filled, refused };
}

function rowsOf(
  { wish, basket }: Filled,
  { number, conversationId, now }: { number: number; conversationId: string | null; now: Date },
): { row: OrderRow; lines: OrderLineRow[] } {
  const id = newId();
  const lines = basket.lines.map(({ product, quantity }, at) => ({
    order_id: id,
    position: at + 1,
    product_id: product.id,
    name: product.name,
    price: product.price,
    quantity,
  }));
  const row: OrderRow = {
    id,
    workspace_id: wish.workspaceId,
    number,
    buyer_id: wish.buyerId,
    intent_key: wish.intent?.key ?? null,
    intent_hash: wish.intent?.hash ?? null,
    status: 'pending',
    title: lines[0]?.name ?? '',
    line_count: lines.length,
    quantity: basket.quantity,
    currency: basket.currency,
    total: basket.total,
    note: wish.note,
    assignee_id: null,
    conversation_id: conversationId,
    created_at: now,
    updated_at: now,
    version: 1,
  };
  return { row, lines };
}

/** Writes the orders, takes their items from the stock, and appends events. The products are already locked. */
async function write(
  work: Work,
  workspaceId: string,
  filled: readonly Filled[],
  products: ReadonlyMap<string, ProductRow>,
) {
  const { tx, now } = work;
  const buyers = [...new Set(filled.map(({ wish }) => wish.buyerId))];
  const cases = await casesFor(work, workspaceId, buyers);
  const first = await takeNumbers(tx, workspaceId, filled.length);
  const placed = filled.map((each, at) => {
    const conversationId = cases.get(each.wish.buyerId) ?? null;
    return { wish: each.wish, ...rowsOf(each, { number: first + at, conversationId, now }) };
  });
  const orders = placed.map(({ row }) => row);
  await insertOrders(
    tx,
    orders,
    placed.flatMap(({ lines }) => lines),
  );
  const changes = placed.flatMap(({ row, lines }) =>
    lines.flatMap(({ product_id, quantity }): StockChange[] => {
      const product = products.get(product_id);
      return product ? [{ product, change: -quantity, orderId: row.id, authorId: row.buyer_id }] : [];
    }),
  );
  await moveStock(work, changes, { reason: 'order' });
  for (const row of orders) {
    const { append } = work.as(row.buyer_id);
    const summary = presentSummary(row);
    append(deskStream(workspaceId), 'order:created', summary);
    append(`user:${row.buyer_id}`, 'order:created', summary);
  }
  await work.tell('order:placed', { workspaceId, orders });
  return placed;
}

/**
 * Places orders of one workspace in one transaction, one after the other. Products are locked in the order of their
 * ids, then the desk. A wish that cannot be fulfilled does not block the others.
 * @returns the result of each wish, in order
 */
export async function placeAll(work: Work, workspaceId: string, wishes: readonly Wish[]): Promise<Outcome[]> {
  const { tx } = work;
  const buyers = [...new Set(wishes.map(({ buyerId }) => buyerId))];
  const roles = new Map((await holdMemberships(tx, workspaceId, buyers)).map(({ userId, role }) => [userId, role]));
  const outcomes = new Map<Wish, Outcome>();
  const settle = (settled: Iterable<readonly [Wish, Outcome]>) => {
    for (const [wish, outcome] of settled) outcomes.set(wish, outcome);
  };
  const letIn = await holdCallers(
    tx,
    wishes.map(({ buyer }) => buyer),
  );
  for (const wish of wishes) {
    const refusal = letIn.has(wish.buyer) ? refusalOf(wish, roles) : problem('invalid_token');
    if (refusal !== undefined) outcomes.set(wish, refusal);
  }
  const open = () => wishes.filter((wish) => !outcomes.has(wish));
  settle(await repeated(work, workspaceId, open(), roles));

  const ids = new Set(open().flatMap(({ items }) => items.map(({ productId }) => productId)));
  const products = ids.size === 0 ? new Map<string, ProductRow>() : await lockProducts(tx, [...ids]);
  const { filled, refused } = fillAll(open(), products);
  settle(refused);
  if (filled.length > 0) {
    for (const { wish, row, lines } of await write(work, workspaceId, filled, products)) {
      outcomes.set(wish, presentOrder(row, lines, factsOf(wish.buyerId, standingOf(wish, roles))));
    }
  }
  return wishes.map((wish) => outcomes.get(wish) ?? problem('internal'));
}
