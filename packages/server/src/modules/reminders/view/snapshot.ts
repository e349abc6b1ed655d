import type { Reminder } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { presentReminder } from '../rows/present.ts';
import { openReminders } from '../rows/reminder-store.ts';

/** The open reminders for or by a person. */
export async function remindersOf(db: Executor, userId: string): Promise<Reminder[]> {
  return (await openReminders(db, userId)).map(presentReminder);
}
