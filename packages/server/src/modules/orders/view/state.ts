import { type DeskState, type Order, type OrderSummary, sizes, type User } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { usersById } from '../../identity/index.ts';
import { rolesOf, seenBy } from '../../workspaces/index.ts';
import { deskIdsOf, desksOf, latestOrders } from '../rows/desk-store.ts';
import { changesOf, latestOrdersOf, linesOf } from '../rows/order-store.ts';
import { factsOf, type Standing } from '../rows/policy.ts';
import { presentCounts, presentOrder, presentSummary, presentTimeline } from '../rows/present.ts';
import type { OrderRow } from '../rows/tables.ts';

/** The live state of desks, by workspace, in two queries whatever their number. */
export async function deskStates(db: Executor, workspaceIds: readonly string[]): Promise<Map<string, DeskState>> {
  const desks = await desksOf(db, workspaceIds);
  const orders = Map.groupBy(await latestOrders(db, desks, sizes.deskOrders), ({ workspace_id }) => workspace_id);
  return new Map(
    desks.map((desk) => {
      const { workspace_id: workspaceId, last_number: lastNumber } = desk;
      const latest = (orders.get(workspaceId) ?? []).map(presentSummary);
      return [workspaceId, { workspaceId, lastNumber, counts: presentCounts(desk), orders: latest }];
    }),
  );
}

/** The desks that a person can see. */
export async function desksOfPerson(db: Executor, userId: string): Promise<DeskState[]> {
  return [...(await deskStates(db, await deskIdsOf(db, userId))).values()];
}

/** The latest orders of a person in these workspaces. */
export async function latestOf(db: Executor, userId: string, workspaceIds: readonly string[]): Promise<OrderSummary[]> {
  return (await latestOrdersOf(db, userId, workspaceIds, sizes.myOrders)).map(presentSummary);
}

/** The latest orders of a person. */
export async function ordersOfPerson(db: Executor, userId: string): Promise<OrderSummary[]> {
  return latestOf(db, userId, [...(await rolesOf(db, userId)).keys()]);
}

/** The profiles of the people that the viewer can see, by id. */
export async function peopleSeen(db: Executor, viewerId: string, userIds: readonly (string | null)[]): Promise<User[]> {
  const ids = [...new Set(userIds.filter((id) => id !== null))].sort();
  return [...(await usersById(db, await seenBy(db, viewerId, ids))).values()];
}

/** An order with its timeline and everyone mentioned in it, as shown to a viewer. */
export async function orderFor(db: Executor, standing: Standing, row: OrderRow): Promise<Order> {
  const lines = (await linesOf(db, [row.id])).get(row.id) ?? [];
  const timeline = presentTimeline(row, await changesOf(db, row.id));
  const named = [row.assignee_id, ...timeline.flatMap(({ authorId, assigneeId }) => [authorId, assigneeId])];
  return {
    ...presentOrder(row, lines, factsOf(row.buyer_id, standing)),
    timeline,
    people: await peopleSeen(db, standing.userId, named),
  };
}
