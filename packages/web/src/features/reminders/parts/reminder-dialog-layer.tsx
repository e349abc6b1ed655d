import { late } from '../../../ui/late.tsx';
import { closeReminder, useReminderRequest } from '../request.ts';

const ReminderDialog = late(async () => (await import('./reminder-dialog.tsx')).ReminderDialog);

/** The one dialog for reminders, fetched when it is first opened. */
export function ReminderDialogLayer() {
  const request = useReminderRequest();
  return request && <ReminderDialog request={request} onClose={closeReminder} />;
}
