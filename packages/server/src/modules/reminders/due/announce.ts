import type { Work } from '../../../platform/module/index.ts';
import { contactsById } from '../../identity/index.ts';
import { type DeliveryHandler, type DeliveryOutcome, type DeliveryRow, notify } from '../../notifications/index.ts';
import { type FullTask, taskById } from '../../tasks/index.ts';
import { shownTime } from '../delivering/shown-time.ts';
import { DUE_SOON, OVERDUE } from './plan.ts';

/** Why a task is not announced after all; undefined if it is. Deliveries that hooks have withdrawn do not get here. */
function reasonAgainst(task: FullTask | undefined, { account_id, occurrence }: DeliveryRow): string | undefined {
  if (task === undefined || task.deleted_at !== null) return 'deleted';
  if (task.status === 'completed') return 'completed';
  if (!task.member_ids.includes(account_id)) return 'no_access';
  return task.due_at?.toISOString() === occurrence ? undefined : 'moved';
}

/** Notifies a member of a task that it is due soon, or overdue. */
async function announce(work: Work, delivery: DeliveryRow): Promise<DeliveryOutcome> {
  const { account_id: accountId, kind, subject } = delivery;
  const task = await taskById(work.tx, subject);
  const reason = reasonAgainst(task, delivery);
  if (task === undefined || task.due_at === null || reason !== undefined) {
    return { state: 'withdrawn', reason: reason ?? 'moved' };
  }
  const zone = (await contactsById(work.tx, [accountId])).get(accountId)?.timezone ?? 'UTC';
  const isSoon = kind === DUE_SOON;
  await notify(work, [
    {
      accountId,
      type: isSoon ? 'upcoming' : 'overdue',
      cause: isSoon ? 'task_due_soon' : 'task_overdue',
      title: isSoon ? 'Task due soon' : 'Task overdue',
      body: `${task.title}: ${isSoon ? 'due' : 'it was due'} ${shownTime(task.due_at, zone)}`,
      link: `/tasks/${task.id}`,
      taskId: task.id,
      workspaceId: task.workspace_id,
      // A mail that says "in an hour" is useless once the hour is over.
      ...(isSoon && { usefulMs: Math.max(1_000, task.due_at.getTime() - work.now.getTime()) }),
    },
  ]);
  return { state: 'sent' };
}

/** Notifies members of a task before and when it is due. */
export const dueHandlers: readonly DeliveryHandler[] = [
  { kind: DUE_SOON, channel: 'app', write: announce },
  { kind: OVERDUE, channel: 'app', write: announce },
];
