import { type ParsedInputOf, type reminders, sizes } from '@atrium/protocol';
import { problem, type Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { meOf } from '../../identity/index.ts';
import { countOpen, insertReminder, lockCreating } from '../rows/reminder-store.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { planReminder } from '../timing/plan.ts';
import { refuse, timingOf } from '../timing/timing.ts';
import { publishReminder } from '../view/events.ts';
import { holdSubject } from './subject.ts';

/** Throws if the limit of reminders is reached. */
async function mustHaveRoom({ tx }: Pick<Work, 'tx'>, createdBy: string, userId: string): Promise<void> {
  const { byOthers, created } = await countOpen(tx, { createdBy, userId });
  if (created >= sizes.openReminders) {
    throw problem('conflict', `One person can have created ${sizes.openReminders} open reminders.`);
  }
  if (userId !== createdBy && byOthers >= sizes.remindersByOthers) {
    throw problem('conflict', `Others can have ${sizes.remindersByOthers} open reminders for one person.`);
  }
}

/**
 * Creates a reminder and plans it.
 * @throws `not_found`, `forbidden`, `conflict`, `invalid_input`
 */
export async function createReminder(
  work: Work,
  createdBy: string,
  input: ParsedInputOf<typeof reminders.create>,
): Promise<ReminderRow> {
  const { now, tx } = work;
  const userId = input.userId ?? createdBy;
  await lockCreating(tx, [createdBy, userId]);
  const { columns, due } = await holdSubject(work, createdBy, input);
  if (input.message === '' && columns.task_id === null && columns.message_id === null) {
    refuse('message', 'required', 'is required unless the reminder is about a task or a message');
  }
  await mustHaveRoom(work, createdBy, userId);
  const { timezone: zone } = await meOf(tx, createdBy);
  const row: ReminderRow = {
    ...columns,
    ...timingOf(input, { zone, now, due }),
    id: newId(),
    account_id: userId,
    created_by: createdBy,
    message: input.message,
    type: input.type,
    snoozed_until: null,
    sent_at: null,
    status: 'open',
    reason: null,
    completed_at: null,
    created_at: now,
    updated_at: now,
    version: 1,
  };
  await insertReminder(tx, row);
  publishReminder(work, 'reminder:created', row);
  await planReminder(work, row);
  return row;
}
