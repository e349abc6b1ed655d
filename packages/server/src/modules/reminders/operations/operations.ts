import { reminders } from '@atrium/protocol';
import { validate } from 'uuid';
import { command, cutPage, type Implementation, idPage, keyset, read } from '../../../platform/module/index.ts';
import { changeReminder, completeReminder, locked, snoozeReminder } from '../changes/change.ts';
import { createReminder } from '../changes/create.ts';
import { removeReminders } from '../changes/remove.ts';
import { presentReminder } from '../rows/present.ts';
import { type ListPosition, reminderPage, remindersOfTask } from '../rows/reminder-store.ts';

/** Reminders without a time come last: -1. */
const positions = keyset(
  ['number', 'string'],
  (ms, id): ListPosition | undefined => {
    const at = ms === -1 ? null : new Date(ms);
    return (at !== null && Number.isNaN(at.getTime())) || !validate(id) ? undefined : { at, id };
  },
  ({ at, id }: ListPosition) => [at?.getTime() ?? -1, id],
);

/** Operations to create, read and change reminders. */
export const reminderOperations: readonly Implementation[] = [
  command(
    reminders.create,
    async (work) => presentReminder(await createReminder(work, work.actor.userId, work.input)),
    { lock: 'itself' },
  ),

  read(reminders.list, async ({ db, actor, input }) => {
    const page = positions.page(input);
    const found = await reminderPage(db, { userId: actor.userId, status: input.status }, page);
    const { rows, nextCursor } = positions.cut(found, page, ({ scheduled_at: at, id }) => ({ at, id }));
    return { items: rows.map(presentReminder), nextCursor };
  }),

  read(reminders.ofTask, async ({ db, actor, input }) => {
    const page = idPage(input);
    const found = await remindersOfTask(db, { taskId: input.taskId, userId: actor.userId }, page);
    const { rows, nextCursor } = cutPage(found, page, ({ id }) => id);
    return { items: rows.map(presentReminder), nextCursor };
  }),

  read(reminders.get, ({ subject }) => presentReminder(subject)),

  command(reminders.update, async (work) => presentReminder(await changeReminder(work, work.input))),

  command(reminders.complete, async (work) => presentReminder(await completeReminder(work, work.input.reminderId))),

  command(reminders.snooze, async (work) => {
    const { reminderId, until } = work.input;
    return presentReminder(await snoozeReminder(work, reminderId, new Date(until)));
  }),

  command(reminders.delete, async (work) => {
    await removeReminders(work, [await locked(work, work.input.reminderId)]);
    return {};
  }),
];
