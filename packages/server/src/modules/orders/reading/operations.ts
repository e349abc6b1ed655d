import { orders } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { cutPage, type Implementation, idPage, keyset, problem, read } from '../../../platform/module/index.ts';
import { productIdsNamed } from '../../catalog/index.ts';
import { memberIdsNamed, rolesOf } from '../../workspaces/index.ts';
import { presentSummary } from '../rows/present.ts';
import { orderFor, peopleSeen } from '../view/state.ts';
import { type OrderFilters, orderPage, orderPageOf } from './list-store.ts';

const numbers = keyset(
  ['number'],
  (number) => (Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : undefined),
  (number: number) => [number],
);

/** The meanings of a search text: a number, and the people and products whose names contain it. */
async function searched(db: Executor, workspaceId: string, q: string | undefined): Promise<OrderFilters['search']> {
  if (q === undefined) return undefined;
  const number = /^#?(\d{1,9})$/.exec(q)?.[1];
  return {
    number: number === undefined ? undefined : Number(number),
    buyerIds: await memberIdsNamed(db, workspaceId, q),
    productIds: await productIdsNamed(db, workspaceId, q),
  };
}

/** Operations for reading orders. */
export const readOperations: readonly Implementation[] = [
  read(orders.get, ({ db, subject }) => orderFor(db, subject.standing, subject.order)),

  read(orders.mine, async ({ db, actor, input }) => {
    const { workspaceId, status } = input;
    const places = [...(await rolesOf(db, actor.userId)).keys()];
    if (workspaceId !== undefined && !places.includes(workspaceId)) throw problem('not_found');
    const page = idPage(input);
    const query = { buyerId: actor.userId, workspaceIds: workspaceId === undefined ? places : [workspaceId], status };
    const { rows, nextCursor } = cutPage(await orderPageOf(db, query, page), page, ({ id }) => id);
    return { items: rows.map(presentSummary), nextCursor };
  }),

  read(orders.list, async ({ db, actor, input }) => {
    const { workspaceId, status, buyerId, assigneeId, from, to, q } = input;
    const page = numbers.page(input);
    const filters = { status, buyerId, assigneeId, from, to, search: await searched(db, workspaceId, q) };
    const found = await orderPage(db, workspaceId, filters, page);
    const { rows, nextCursor } = numbers.cut(found, page, ({ number }) => number);
    const named = rows.flatMap((row) => [row.buyer_id, row.assignee_id]);
    return { items: rows.map(presentSummary), nextCursor, people: await peopleSeen(db, actor.userId, named) };
  }),
];
