import type { ClientState } from '@atrium/client';
import type { Notification, NotificationType } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { plainText } from '../../../text/plain-text.ts';
import { aboutOf } from '../model.ts';

/** What a notification says, in the language of the screen. */
export interface NotificationText {
  title: string;
  /** What it is about: the title of a task, the words of a message. */
  about: string;
}

const nameIn = ({ workspaces }: ClientState, { workspaceId }: Notification, userId: string | undefined) =>
  workspaces[workspaceId ?? '']?.members[userId ?? '']?.user.name;

/** Says what a notification is about; the server's own words are in English, for mails and push messages. */
export function useNotificationText(notification: Notification): NotificationText {
  const { t } = useLingui();
  const { actorCount, actorIds, cause, title, taskId } = notification;
  const [actorId] = actorIds;
  const name = useLive((state) => nameIn(state, notification, actorId)) ?? t`Somebody`;
  const isMine = useLive(({ me }) => actorId !== undefined && me?.id === actorId);
  const task = useLive(({ tasks }) => tasks[taskId ?? '']?.title);
  const others = actorCount - 1;
  const who = others > 0 ? plural(others, { one: `${name} and one other`, other: `${name} and # others` }) : name;
  const titles: Record<Notification['cause'], string> = {
    task_assigned: t`${who} assigned you a task`,
    task_completed: isMine ? t`You completed a task` : t`${who} completed a task`,
    task_due_soon: t`Due soon`,
    task_overdue: t`Overdue`,
    tasks_due_today: t`Tasks due today`,
    comment_mention: t`${who} mentioned you in a comment`,
    message_mention: t`${who} mentioned you`,
    message_reply: t`${who} replied to you`,
    message: t`${who} wrote`,
    reminder: t`Reminder`,
    order: title,
    product: title,
    general: title,
  };
  return { title: titles[cause], about: task ?? plainText(aboutOf(notification)) };
}

/** What happened, without who did it. */
export function useCauseNames(): Readonly<Record<Notification['cause'], string>> {
  const { t } = useLingui();
  return {
    task_assigned: t`A task was assigned to you`,
    task_completed: t`A task was completed`,
    task_due_soon: t`A task is due soon`,
    task_overdue: t`A task is overdue`,
    tasks_due_today: t`Your morning mail`,
    comment_mention: t`You were mentioned in a comment`,
    message_mention: t`You were mentioned`,
    message_reply: t`You were replied to`,
    message: t`A message was written`,
    reminder: t`A reminder`,
    order: t`An order`,
    product: t`A product`,
    general: t`Something else`,
  };
}

/** What the types of notifications are called, in the plural. */
export function useTypeNames(): Readonly<Record<NotificationType, string>> {
  const { t } = useLingui();
  return {
    mention: t`Mentions`,
    message: t`Messages`,
    task: t`Tasks`,
    upcoming: t`Due soon`,
    overdue: t`Overdue`,
    reminder: t`Reminders`,
    order: t`Orders`,
    product: t`Products`,
    general: t`Other`,
  };
}
