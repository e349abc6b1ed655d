export { ReminderDialogLayer } from './parts/reminder-dialog-layer.tsx';
export { TaskReminders, TodayReminders } from './parts/reminder-lists.tsx';
export { openReminder } from './request.ts';
