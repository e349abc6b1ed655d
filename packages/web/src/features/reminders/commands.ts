import type { AtriumError, InputNamed } from '@atrium/client';
import type { Reminder } from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { announce } from '../../live/announce.ts';
import { client } from '../../live/client.ts';
import { perform } from '../../live/perform.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { comesAt } from './model.ts';

/** How long deleting can be taken back. */
const UNDO_MS = 8_000;

/** @throws AtriumError when it is refused */
export const addReminder = (input: InputNamed<'reminders.create'>): Promise<Reminder> =>
  perform('reminders.create', input);

/** @throws AtriumError when it is refused */
export const changeReminder = (input: InputNamed<'reminders.update'>): Promise<Reminder> =>
  perform('reminders.update', input);

/** What to tell a person of a refused time. */
export function timeProblem(error: unknown): string {
  const { problem } = error as Partial<AtriumError>;
  const codes = (problem?.errors ?? []).map(({ code }) => code);
  if (codes.includes('past')) return t`This time has passed. Choose a later one.`;
  if (codes.includes('too_late')) return t`This is too far ahead. Choose an earlier time.`;
  return problemText(error);
}

export async function completeReminder({ id }: Reminder): Promise<void> {
  try {
    await perform('reminders.complete', { reminderId: id });
    announce(t`Reminder completed`);
  } catch (error) {
    refused(t`The reminder was not completed`, error);
  }
}

/** @param when the same for the person */
export async function snoozeReminder({ id }: Reminder, until: string, when: string): Promise<void> {
  try {
    await perform('reminders.snooze', { reminderId: id, until });
    showToast({ kind: 'done', title: t`Snoozed: ${when}` });
  } catch (error) {
    refused(t`The reminder was not snoozed`, error);
  }
}

/** Deletes a reminder; one that is still to come can be brought back. */
export async function deleteReminder(reminder: Reminder): Promise<void> {
  try {
    await perform('reminders.delete', { reminderId: reminder.id });
  } catch (error) {
    refused(t`The reminder was not deleted`, error);
    return;
  }
  const at = comesAt(reminder);
  const isAhead = at !== null && Date.parse(at) > client.now();
  showToast({
    kind: 'undo',
    title: t`Reminder deleted`,
    timeout: UNDO_MS,
    ...(isAhead && { action: { label: t`Undo`, onPress: () => void addAgain(reminder, at) } }),
  });
}

async function addAgain(reminder: Reminder, at: string): Promise<void> {
  const { before, conversationId, localTime, message, messageId, recurrence, snoozedUntil, taskId, type, userId } =
    reminder;
  const isTied = localTime !== null && snoozedUntil === null;
  try {
    await addReminder({
      message,
      type,
      ...(taskId !== null && { taskId }),
      ...(messageId !== null ? { messageId } : conversationId !== null && { conversationId }),
      ...(userId !== client.state.me?.id && { userId }),
      ...(before !== null ? { before } : isTied ? { localTime: localTime.slice(0, 16) } : { scheduledAt: at }),
      ...(recurrence && before === null && { recurrence: recurrence.rule }),
    });
  } catch (error) {
    refused(t`The reminder was not restored`, error);
  }
}

function refused(title: string, error: unknown): void {
  showToast({ kind: 'problem', title, body: problemText(error) });
}
