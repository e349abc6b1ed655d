import type { Work } from '../../../platform/module/index.ts';
import { withdrawDeliveries } from '../../notifications/index.ts';
import { deleteReminders } from '../rows/reminder-store.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { REMINDER } from '../timing/plan.ts';
import { publishDeleted } from '../view/events.ts';

/** Deletes locked reminders, and withdraws their deliveries. */
export async function removeReminders(work: Pick<Work, 'tx' | 'append'>, rows: readonly ReminderRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await deleteReminders(work.tx, ids);
  for (const row of rows) publishDeleted(work, row);
  await withdrawDeliveries(work, { subjects: ids, kinds: [REMINDER] }, 'deleted');
}
