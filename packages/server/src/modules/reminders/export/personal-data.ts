import type { Executor } from '../../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../../identity/index.ts';
import { presentReminder } from '../rows/present.ts';
import { remindersAfter } from '../rows/reminder-store.ts';

/** The reminders for and by a person, for an export of their data. */
export function reminderParts(db: Executor, userId: string): ExportPart[] {
  return [
    {
      name: 'reminders',
      about: 'reminders that remind you or that you created',
      pages: pagesOf(
        async (after: string | undefined) =>
          (await remindersAfter(db, userId, { after, limit: EXPORT_PAGE })).map(presentReminder),
        ({ id }) => id,
      ),
    },
  ];
}
