import type { ParsedInputOf, reminders } from '@atrium/protocol';
import { problem, type Work } from '../../../platform/module/index.ts';
import { meOf } from '../../identity/index.ts';
import { taskById } from '../../tasks/index.ts';
import { presentReminder } from '../rows/present.ts';
import { lockReminder, updateReminder } from '../rows/reminder-store.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { planReminder } from '../timing/plan.ts';
import { mustBeAhead, type TimingColumns, timingOf } from '../timing/timing.ts';
import { publishReminder } from '../view/events.ts';
import { dueOf } from './subject.ts';

type Changes = Partial<Omit<ReminderRow, 'id' | 'version' | 'updated_at'>>;

/** Writes columns of a locked reminder, emits the event, and replans it. @returns the changed row */
export async function writeReminder(
  work: Pick<Work, 'tx' | 'append' | 'now'>,
  { id }: ReminderRow,
  changes: Changes,
): Promise<ReminderRow> {
  const row = await updateReminder(work.tx, id, { ...changes, updated_at: work.now });
  publishReminder(work, 'reminder:updated', row);
  await planReminder(work, row);
  return row;
}

/** @throws `not_found` if it was deleted in the meantime */
export async function locked({ tx }: Pick<Work, 'tx'>, reminderId: string): Promise<ReminderRow> {
  const row = await lockReminder(tx, reminderId);
  if (row === undefined) throw problem('not_found');
  return row;
}

function mustBeOpen({ status }: ReminderRow): void {
  if (status === 'done') throw problem('conflict', 'The reminder is completed.');
  if (status === 'withdrawn') throw problem('conflict', 'The reminder was withdrawn.');
}

/** The new times, if any are given. Fields that are not given are unchanged. */
async function newTimes(
  { tx, now }: Work,
  row: ReminderRow,
  { before, localTime, recurrence, scheduledAt }: ParsedInputOf<typeof reminders.update>,
): Promise<TimingColumns | undefined> {
  const given = { scheduledAt, localTime, before };
  const hasTime = Object.values(given).some((value) => value !== undefined);
  if (!hasTime && recurrence === undefined) return undefined;
  const kept = row.before === null ? { scheduledAt: row.scheduled_at?.toISOString() } : { before: row.before };
  const task = row.task_id === null ? undefined : await taskById(tx, row.task_id);
  const { timezone: zone } = await meOf(tx, row.created_by);
  const rule = recurrence === undefined && before === undefined ? row.recurrence_rule : recurrence;
  const wanted = { ...(hasTime ? given : kept), recurrence: rule };
  return timingOf(wanted, { zone, now, due: task && dueOf(task) });
}

/**
 * Changes an open reminder.
 * @throws `not_found`, `version_conflict`, `conflict` unless it is open, `invalid_input`
 */
export async function changeReminder(work: Work, input: ParsedInputOf<typeof reminders.update>): Promise<ReminderRow> {
  const row = await locked(work, input.reminderId);
  if (input.version !== undefined && input.version !== row.version) {
    throw problem('version_conflict', { current: presentReminder(row) });
  }
  mustBeOpen(row);
  const times = await newTimes(work, row, input);
  const { message = row.message, type = row.type } = input;
  return await writeReminder(work, row, { message, type, ...(times && { ...times, snoozed_until: null }) });
}

/** Completes a reminder. A completed one stays unchanged. */
export async function completeReminder(work: Work, reminderId: string): Promise<ReminderRow> {
  const row = await locked(work, reminderId);
  if (row.status === 'done') return row;
  return await writeReminder(work, row, { status: 'done', reason: null, completed_at: work.now, snoozed_until: null });
}

/** Moves a reminder to another time. */
export async function snoozeReminder(work: Work, reminderId: string, until: Date): Promise<ReminderRow> {
  const row = await locked(work, reminderId);
  mustBeOpen(row);
  mustBeAhead(until, work.now, 'until');
  return await writeReminder(work, row, { snoozed_until: until });
}
