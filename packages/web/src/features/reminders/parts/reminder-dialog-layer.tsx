import { late } from '../../../ui/late.tsx';
import { closeReminder, useReminderRequest } from '../request.ts';

const ReminderDialog = late(async () => {
  const { ReminderDialog: Part } = await import('./reminder-dialog.tsx');
  return { default: Part };
});

/** The one dialog for reminders, fetched when it is first opened. */
export function ReminderDialogLayer() {
  const request = useReminderRequest();
  return request && <ReminderDialog request={request} onClose={closeReminder} />;
}
