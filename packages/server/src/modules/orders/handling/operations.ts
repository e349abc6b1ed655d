import { mayBecome, type OutputOf, orders, type ParsedInputOf } from '@atrium/protocol';
import {
  type CommandContext,
  command,
  type Implementation,
  problem,
  type Work,
} from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { lockProducts, moveStock } from '../../catalog/index.ts';
import { joinCase } from '../../chat/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { countMove } from '../rows/desk-store.ts';
import { linesOf, lockOrder, updateOrder } from '../rows/order-store.ts';
import { factsOf, mayHandle, mayMove, type Standing } from '../rows/policy.ts';
import type { OrderRow } from '../rows/tables.ts';
import { announceChange } from '../view/announce.ts';
import { orderFor } from '../view/state.ts';

type Input = ParsedInputOf<typeof orders.update>;
type Context = CommandContext<typeof orders.update>;

/** The new assignee of the order. Changing the status of an unassigned order assigns it to the caller. */
function nextAssignee(order: OrderRow, { status, assigneeId }: Input, { role, userId }: Standing): string | null {
  if (assigneeId !== undefined) return assigneeId;
  const takes = status !== undefined && order.assignee_id === null && mayHandle(role);
  return takes ? userId : order.assignee_id;
}

/**
 * Locks the memberships of the caller and the new assignee in the workspace. Throws `not_found`, `forbidden`,
 * `invalid_input`.
 */
async function admit({ tx, actor, input, subject }: Context): Promise<Standing> {
  const { workspace_id: workspaceId, buyer_id: buyerId } = subject.order;
  const people = [...new Set([actor.userId, ...(input.assigneeId ? [input.assigneeId] : [])])];
  const roles = new Map((await holdMemberships(tx, workspaceId, people)).map(({ userId, role }) => [userId, role]));
  const standing = { role: roles.get(actor.userId), userId: actor.userId };
  const facts = factsOf(buyerId, standing);
  if (!facts.isStaff && !facts.isBuyer) throw problem('not_found');
  if (input.assigneeId !== undefined && !facts.isStaff) throw problem('forbidden');
  if (input.assigneeId && !mayHandle(roles.get(input.assigneeId))) {
    const message = 'does not work in the workspace';
    throw problem('invalid_input', { errors: [{ path: 'assigneeId', code: 'role', message }] });
  }
  return standing;
}

/** Throws if the change is not possible in the order's current state. */
async function check({ tx, input }: Context, order: OrderRow, standing: Standing): Promise<void> {
  const facts = factsOf(order.buyer_id, standing);
  const current = () => orderFor(tx, standing, order);
  const { status = order.status, assigneeId, version } = input;
  if (version !== undefined && version !== order.version)
    throw problem('version_conflict', { current: await current() });
  if (input.status !== undefined) {
    if (!mayBecome(order.status, status)) {
      const detail = `An order that is ${order.status} cannot become ${status}.`;
      throw problem('conflict', { detail, current: await current() });
    }
    if (!mayMove(order.status, status, facts)) throw problem('forbidden');
  }
  if (assigneeId !== undefined && (order.status === 'delivered' || order.status === 'cancelled')) {
    throw problem('conflict', {
      detail: `An order that is ${order.status} is not handled any more.`,
      current: await current(),
    });
  }
}

/** Returns the items of a cancelled order to the stock, including those of deleted products. */
async function restock(context: Work, order: OrderRow): Promise<void> {
  const lines = (await linesOf(context.tx, [order.id])).get(order.id) ?? [];
  const products = await lockProducts(
    context.tx,
    lines.map(({ product_id }) => product_id),
  );
  const changes = lines.flatMap(({ product_id, quantity }) => {
    const product = products.get(product_id);
    return product ? [{ product, change: quantity, orderId: order.id }] : [];
  });
  await moveStock(context, changes, { reason: 'cancellation' });
}

async function update(context: Context): Promise<OutputOf<typeof orders.update>> {
  const { tx, now, actor, input, subject } = context;
  if (input.status === undefined && input.assigneeId === undefined) {
    const message = 'give a status or an assigneeId';
    throw problem('invalid_input', { errors: [{ path: 'status', code: 'required', message }] });
  }
  const standing = await admit(context);
  // Conversations are locked before orders. The assignee joins the conversation with the buyer.
  const handler = nextAssignee(subject.order, input, standing);
  const { conversation_id: conversationId } = subject.order;
  const joins = handler !== null && handler !== subject.order.assignee_id && input.status !== 'cancelled';
  if (joins && conversationId !== null) await joinCase(context, conversationId, handler);

  const order = await lockOrder(tx, input.orderId);
  if (order === undefined) throw problem('not_found');
  await check(context, order, standing);
  const { status = order.status, note } = input;
  const assignee = nextAssignee(order, input, standing);
  if (status === order.status && assignee === order.assignee_id) return orderFor(tx, standing, order);

  const after = { ...order, status, assignee_id: assignee, updated_at: now, version: order.version + 1 };
  await updateOrder(tx, after, {
    id: newId(),
    order_id: order.id,
    from_status: order.status,
    to_status: status,
    assignee_id: assignee,
    author_id: actor.userId,
    note,
    at: now,
  });
  if (status === 'cancelled') await restock(context, order);
  if (status !== order.status) await countMove(tx, order.workspace_id, { from: order.status, to: status });
  announceChange(context, after, order.status);
  if (status !== order.status) {
    await context.tell('order:moved', { order: after, previous: order.status, userId: actor.userId, note });
  }
  return orderFor(tx, standing, after);
}

/** Handling orders: changing the status and the assignee. */
export const updateOperation: Implementation = command(orders.update, update, { lock: 'itself' });
