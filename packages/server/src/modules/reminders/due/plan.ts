import type { Work } from '../../../platform/module/index.ts';
import { planDeliveries, replanDeliveries, withdrawDeliveries } from '../../notifications/index.ts';
import type { FullTask } from '../../tasks/index.ts';

/** The kinds of delivery: an hour before a task is due, and when it is due. */
export const DUE_SOON = 'task_due_soon';
export const OVERDUE = 'task_overdue';
const KINDS = [DUE_SOON, OVERDUE] as const;
type Kind = (typeof KINDS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Planning = Pick<Work, 'tx' | 'now'>;

/** The time of a delivery for a task that is due at an instant, and how long it is useful. */
function timesOf(kind: Kind, dueAt: Date): { dueAt: Date; usefulUntil: Date } {
  return kind === DUE_SOON
    ? { dueAt: new Date(dueAt.getTime() - HOUR_MS), usefulUntil: dueAt }
    : { dueAt, usefulUntil: new Date(dueAt.getTime() + DAY_MS) };
}

/**
 * The deliveries to these people for a task. None if its time has passed: a due date that is set within the hour is not
 * announced.
 */
function wantedOf(kind: Kind, task: FullTask, userIds: readonly string[], now: Date) {
  if (task.due_at === null || task.status === 'completed' || task.deleted_at !== null) return [];
  const times = timesOf(kind, task.due_at);
  if (times.dueAt <= now) return [];
  const occurrence = task.due_at.toISOString();
  return userIds.map((accountId) => ({ ...times, accountId, occurrence, channel: 'app' as const }));
}

/** Plans the notifications of new members of a task. */
export async function planDue(work: Planning, task: FullTask, userIds: readonly string[]): Promise<void> {
  await planDeliveries(
    work,
    KINDS.flatMap((kind) =>
      wantedOf(kind, task, userIds, work.now).map((each) => ({ ...each, kind, subject: task.id })),
    ),
  );
}

/** Replans the notifications of a task's members after its due date or status changed. */
export async function replanDue(work: Planning, task: FullTask): Promise<void> {
  const reason = task.status === 'completed' ? 'completed' : 'moved';
  for (const kind of KINDS) {
    const wanted = wantedOf(kind, task, task.member_ids, work.now);
    await replanDeliveries(work, { subject: task.id, kind, wanted, reason });
  }
}

/** Withdraws notifications about tasks. */
export async function withdrawDue(
  work: Planning,
  taskIds: readonly string[],
  reason: string,
  userId?: string,
): Promise<void> {
  await withdrawDeliveries(
    work,
    { subjects: taskIds, kinds: KINDS, ...(userId !== undefined && { accountIds: [userId] }) },
    reason,
  );
}
