import type { Reminder, TaskState } from '@atrium/protocol';
import { useSyncExternalStore } from 'react';

/** What the dialog is opened for: a new reminder about something or about words alone, or one to change. */
export interface ReminderRequest {
  task?: Pick<TaskState, 'id' | 'title' | 'dueAt' | 'dueOn'>;
  messageId?: string;
  reminder?: Reminder;
}

let current: ReminderRequest | undefined;
const listeners = new Set<() => void>();

function set(request: ReminderRequest | undefined): void {
  current = request;
  for (const listener of listeners) listener();
}

/** Opens the one dialog for reminders; it stands outside of menus and rows, which go away while it is open. */
export const openReminder = (request: ReminderRequest): void => set(request);

export const closeReminder = (): void => set(undefined);

/** For the dialog alone: what it is to show. */
export function useReminderRequest(): ReminderRequest | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
