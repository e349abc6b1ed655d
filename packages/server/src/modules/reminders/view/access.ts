import type { Executor } from '../../../platform/database/index.ts';
import {
  type AccessHold,
  type AccessHolds,
  type AccessLoaders,
  problem,
  type UserActor,
} from '../../../platform/module/index.ts';
import { isParty, isRecipient } from '../rows/policy.ts';
import { lockReminder, remindersById } from '../rows/reminder-store.ts';
import type { ReminderRow } from '../rows/tables.ts';

declare module '../../../platform/module/index.ts' {
  interface AccessSubjects {
    'reminder:party': ReminderRow;
    'reminder:recipient': ReminderRow;
  }
}

function loader(permits: typeof isParty) {
  return async (db: Executor, actor: UserActor, input: Record<string, unknown>): Promise<ReminderRow> => {
    const id = String(input.reminderId);
    const row = (await remindersById(db, [id])).get(id);
    if (row === undefined || !isParty(row, actor.userId)) throw problem('not_found');
    if (!permits(row, actor.userId)) throw problem('forbidden');
    return row;
  };
}

/** Loads reminders for people who may see them. */
export const reminderAccess: AccessLoaders = {
  'reminder:party': loader(isParty),
  'reminder:recipient': loader(isRecipient),
};

const holdReminder: AccessHold = async (tx, _, input) => {
  await lockReminder(tx, String(input.reminderId));
};

/** Locks the reminder that the access rules depend on. */
export const reminderHolds: AccessHolds = { 'reminder:party': holdReminder, 'reminder:recipient': holdReminder };
