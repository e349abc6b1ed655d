import type { Listeners, Work } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { withdrawDeliveries } from '../notifications/index.ts';
import { type FullTask, type TaskChange, tasksById } from '../tasks/index.ts';
import { writeReminder } from './changes/change.ts';
import { removeReminders } from './changes/remove.ts';
import { dueOf } from './changes/subject.ts';
import { findSubject } from './delivering/access.ts';
import { isPosted } from './rows/policy.ts';
import { deleteRemindersFor, insertReminder, lockConcerned } from './rows/reminder-store.ts';
import type { ReminderRow } from './rows/tables.ts';
import { planReminder, REMINDER } from './timing/plan.ts';
import { movedToZone, movedWithDue } from './timing/timing.ts';
import { publishReminder } from './view/events.ts';

const hasSameDue = (one: FullTask, other: FullTask) =>
  one.due_on === other.due_on && one.due_at?.getTime() === other.due_at?.getTime();

type Changes = Parameters<typeof writeReminder>[2];

/** How a task's change affects a reminder about it; undefined if it does not. */
function changesBy(
  row: ReminderRow,
  { task, isDueMoved }: { task: FullTask; isDueMoved: boolean },
): Changes | undefined {
  const isClosed = task.status === 'completed';
  if (isClosed && row.status === 'open') return { status: 'withdrawn', reason: 'task_completed' };
  const reopens = !isClosed && row.reason === 'task_completed';
  const moves = row.before !== null && isDueMoved && row.status !== 'done';
  if (!reopens && !moves) return undefined;
  return {
    ...(reopens && { status: 'open' as const, reason: null }),
    ...(row.before !== null && movedWithDue(row, dueOf(task))),
    ...(moves && { snoozed_until: null }),
  };
}

async function followTask(work: Work, { before, after }: TaskChange): Promise<void> {
  // New tasks have no reminders; deleted tasks have a hook of their own.
  if (before === undefined || after === undefined || after.deleted_at !== null) return;
  if (before.deleted_at !== null) return await restore(work, after);
  const isDueMoved = !hasSameDue(before, after);
  const isClosed = after.status === 'completed';
  if (!isDueMoved && isClosed === (before.status === 'completed')) return;
  for (const row of await lockConcerned(work.tx, { taskIds: [after.id] })) {
    const changes = changesBy(row, { task: after, isDueMoved });
    if (changes !== undefined) await writeReminder(work, row, changes);
  }
}

/** Copies reminders before the due date of a recurring task to its next occurrence. */
async function followSeries(work: Work, { task, next }: { task: FullTask; next: FullTask }): Promise<void> {
  for (const row of await lockConcerned(work.tx, { taskIds: [task.id] })) {
    if (row.before === null || row.reason !== 'task_completed') continue;
    const copy: ReminderRow = {
      ...row,
      ...movedWithDue(row, dueOf(next)),
      id: newId(),
      task_id: next.id,
      status: 'open',
      reason: null,
      snoozed_until: null,
      sent_at: null,
      created_at: work.now,
      updated_at: work.now,
      version: 1,
    };
    await insertReminder(work.tx, copy);
    publishReminder(work, 'reminder:created', copy);
    await planReminder(work, copy);
  }
}

async function trash(work: Work, { tasks }: { tasks: readonly FullTask[] }): Promise<void> {
  for (const row of await lockConcerned(work.tx, { taskIds: tasks.map(({ id }) => id) })) {
    if (row.status === 'open') await writeReminder(work, row, { status: 'withdrawn', reason: 'task_deleted' });
  }
}

/** Restores the reminders that went to the trash with a task. */
async function restore(work: Work, task: FullTask): Promise<void> {
  if (task.status === 'completed') return;
  for (const row of await lockConcerned(work.tx, { taskIds: [task.id] })) {
    if (row.reason === 'task_deleted') await writeReminder(work, row, { status: 'open', reason: null });
  }
}

async function moveToZone(work: Work, { userId, timezone }: { userId: string; timezone: string }): Promise<void> {
  const rows = await lockConcerned(work.tx, { createdBy: userId });
  const tasks = await tasksById(
    work.tx,
    rows.flatMap(({ before, task_id }) => (before === null || task_id === null ? [] : [task_id])),
  );
  for (const row of rows) {
    const task = tasks.get(row.task_id ?? '');
    const changes = movedToZone(row, timezone, { now: work.now, due: task && dueOf(task) });
    if (changes !== undefined) await writeReminder(work, row, changes);
  }
}

/** People who leave a public channel may still read it. */
async function leaveConversations(
  work: Work,
  about: { userId: string; conversationIds: readonly string[] },
): Promise<void> {
  const gone: ReminderRow[] = [];
  for (const row of await lockConcerned(work.tx, about)) {
    if (isPosted(row) || (await findSubject(work.tx, row)) === undefined) gone.push(row);
  }
  await removeReminders(work, gone);
}

/** The hooks that move or delete reminders. */
export const reminderListeners = {
  async 'task:changed'(work, { changes }) {
    for (const change of changes) await followTask(work, change);
  },
  'task:recurred': followSeries,
  'task:trashed': trash,
  async 'task:removing'(work, about) {
    await removeReminders(work, await lockConcerned(work.tx, about));
  },
  'conversation:memberRemoved': leaveConversations,
  async 'conversation:deleting'(work, about) {
    await removeReminders(work, await lockConcerned(work.tx, about));
  },
  async 'workspace:memberRemoved'(work, about) {
    await removeReminders(work, await lockConcerned(work.tx, about));
  },
  async 'workspace:deleting'(work, { workspaceId }) {
    await removeReminders(work, await lockConcerned(work.tx, { workspaceId }));
  },
  'account:timezoneChanged': moveToZone,
  async 'account:erasing'(work, { userId }) {
    const ids = await deleteRemindersFor(work.tx, userId);
    await withdrawDeliveries(work, { subjects: ids, kinds: [REMINDER] }, 'deleted');
  },
} satisfies Listeners;
