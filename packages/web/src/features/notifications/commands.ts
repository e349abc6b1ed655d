import type {
  ConversationNotifications,
  Notification,
  NotificationPreferences,
  PreferenceChanges,
} from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showPatch } from '../../live/overlay.ts';
import { patchPages, queries } from '../../live/queries.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { withChanges } from './model.ts';

/** Shows notifications as read at once, and takes that back when the server refuses it. */
async function read(isMeant: (item: Notification) => boolean, send: () => Promise<unknown>): Promise<void> {
  const readAt = new Date(client.now()).toISOString();
  patchPages('notifications.list', (item) => (isMeant(item) && item.readAt === null ? { ...item, readAt } : item));
  try {
    await send();
  } catch (error) {
    void queries.invalidateQueries({ queryKey: ['notifications.list'] });
    showToast({ kind: 'problem', title: t`It was not marked as read`, body: problemText(error) });
  }
}

/** Marks a notification as read, on all devices. */
export async function readNotification({ id, readAt }: Notification): Promise<void> {
  if (readAt !== null) return;
  await read(
    (item) => item.id === id,
    () => client.call('notifications.read', { notificationId: id }),
  );
}

/** Marks all of them as read. */
export const readAllNotifications = (): Promise<void> =>
  read(
    () => true,
    () => client.call('notifications.readAll', {}),
  );

/** Sends a failed mail to me again. */
export async function resendMail(mailId: string): Promise<void> {
  try {
    await client.call('notifications.resendMail', { mailId });
    void queries.invalidateQueries({ queryKey: ['notifications.decisions'] });
  } catch (error) {
    showToast({ kind: 'problem', title: t`It was not sent again`, body: problemText(error) });
  }
}

/** Changes what I am told. It applies at once, and is taken back when it is refused. @param shown as it is on the screen */
export async function changePreferences(shown: NotificationPreferences, changes: PreferenceChanges): Promise<void> {
  const fields = { ...withChanges(shown, changes) };
  const patch = showPatch({
    thing: 'notifications:preferences',
    fields,
    read: (state) => state.notificationPreferences,
  });
  try {
    await client.call('notifications.updatePreferences', changes);
    patch.confirm();
  } catch (error) {
    patch.undo();
    showToast({ kind: 'problem', title: t`It stays as it was`, body: problemText(error) });
  }
}

/** Chooses when the mail with the tasks of the day comes. @param time as `05:00`; null: never */
export async function setMorningDigest(time: string | null): Promise<void> {
  try {
    await client.call('users.updateMe', { preferences: { morningDigestAt: time } });
  } catch (error) {
    showToast({ kind: 'problem', title: t`It stays as it was`, body: problemText(error) });
  }
}

/** Chooses which messages of a conversation notify me. */
export async function setConversationLevel(choice: ConversationNotifications): Promise<void> {
  try {
    await client.call('notifications.setConversation', choice);
  } catch (error) {
    showToast({ kind: 'problem', title: t`It stays as it was`, body: problemText(error) });
  }
}
