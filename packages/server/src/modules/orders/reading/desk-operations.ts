import { type DeskOverview, desks } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type Implementation, read } from '../../../platform/module/index.ts';
import { casesByAssignee } from '../../chat/index.ts';
import { meOf } from '../../identity/index.ts';
import type { PresenceService } from '../../presence/index.ts';
import { membersOf } from '../../workspaces/index.ts';
import { desksOf } from '../rows/desk-store.ts';
import { presentCounts } from '../rows/present.ts';
import { peopleSeen } from '../view/state.ts';
import { openOrdersByAssignee, revenueOf } from './desk-store.ts';

/** The maximum number of customers to list. */
const MOST_NAMED = 100;
const NO_ORDERS = { pending: 0, processing: 0, shipped: 0, delivered: 0, cancelled: 0 };

/** Open orders by assignee, and the unassigned ones. */
async function workOf(db: Executor, workspaceId: string): Promise<Pick<DeskOverview, 'staff' | 'conversations'>> {
  const orders = await openOrdersByAssignee(db, workspaceId);
  const cases = await casesByAssignee(db, workspaceId);
  const ids = [...new Set([...orders.keys(), ...cases.keys()])].filter((id) => id !== null);
  const staff = ids.map((userId) => ({
    userId,
    orders: orders.get(userId) ?? 0,
    conversations: cases.get(userId) ?? 0,
  }));
  return {
    staff,
    conversations: {
      unassigned: cases.get(null) ?? 0,
      assigned: staff.reduce((sum, { conversations }) => sum + conversations, 0),
    },
  };
}

/** The statistics of the desk. */
export function deskOperation(presence: () => PresenceService): Implementation {
  return read(desks.get, async ({ db, actor, input, now }) => {
    const { workspaceId, days } = input;
    const timeZone = input.timeZone ?? (await meOf(db, actor.userId)).timezone;
    const [desk] = await desksOf(db, [workspaceId]);
    const customerIds = (await membersOf(db, workspaceId)).flatMap(({ role, userId }) =>
      role === 'customer' ? [userId] : [],
    );
    const customers = await presence().groupsOf(db, customerIds, { now, most: MOST_NAMED });
    const work = await workOf(db, workspaceId);
    const named = [...customers.people, ...work.staff].map(({ userId }) => userId);
    return {
      workspaceId,
      counts: desk === undefined ? NO_ORDERS : presentCounts(desk),
      timeZone,
      revenue: await revenueOf(db, workspaceId, { days, timeZone, now }),
      customers,
      ...work,
      people: await peopleSeen(db, actor.userId, named),
    };
  });
}
