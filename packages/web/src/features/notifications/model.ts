import type {
  ConversationNotifications,
  Notification,
  NotificationPreferences,
  NotificationType,
  PreferenceChanges,
} from '@atrium/protocol';
import { isOwnAddress } from '../../text/own-address.ts';

/** The types of notifications in the order in which they are shown. */
export const TYPES = [
  'mention',
  'message',
  'task',
  'upcoming',
  'overdue',
  'reminder',
  'order',
  'product',
  'general',
] as const satisfies readonly NotificationType[];

/** What the list of notifications shows; its typed search parameters. */
export interface NotificationFilters {
  type?: NotificationType | undefined;
  /** Only unread ones. */
  unread?: boolean | undefined;
}

const isType = (value: unknown): value is NotificationType => TYPES.some((type) => type === value);

/** Reads the filters from an address; what is unknown is left out. Pure. */
export function readNotificationFilters({ type, unread }: Readonly<Record<string, unknown>>): NotificationFilters {
  return { type: isType(type) ? type : undefined, unread: unread === true || unread === 'true' || undefined };
}

/** The address of the list with these filters. Pure. */
export function notificationsAddress({ type, unread }: NotificationFilters): string {
  const search = new URLSearchParams({ ...(type && { type }), ...(unread && { unread: 'true' }) }).toString();
  return `/inbox/notifications${search === '' ? '' : `?${search}`}`;
}

/** The address of the page that says why I was told, or was not. @param notificationId of one notification alone. Pure. */
export function reasonsAddress(notificationId?: string): string {
  return `/inbox/notifications/reasons${notificationId === undefined ? '' : `?of=${notificationId}`}`;
}

type Target = Pick<Notification, 'link' | 'taskId' | 'conversationId'>;

/** The address of what a notification is about; undefined: it has none. Pure. */
export function targetOf({ link, taskId, conversationId }: Target): string | undefined {
  if (isOwnAddress(link)) return link;
  if (taskId !== null) return `/tasks/${taskId}`;
  return conversationId === null ? undefined : `/c/${conversationId}`;
}

/** Notifications by the day of their latest event, in the order in which they come. Pure. */
export function byDay(
  all: readonly Notification[],
  dayKey: (at: string) => string,
): { day: string; items: Notification[] }[] {
  return [...Map.groupBy(all, ({ updatedAt }) => dayKey(updatedAt))].map(([day, items]) => ({ day, items }));
}

/** What happened to a task comes with who did it: `Ann completed: Order twine`. The title alone. Pure. */
export function aboutOf({ cause, body }: Pick<Notification, 'cause' | 'body'>): string {
  const isOfTask = cause === 'task_assigned' || cause === 'task_completed' || cause === 'comment_mention';
  const at = body.indexOf(': ');
  return isOfTask && at >= 0 ? body.slice(at + 2) : body;
}

/** The days of the week from one on, 1: Monday … 7: Sunday. Pure. */
export const weekdaysFrom = (first: number): number[] =>
  Array.from({ length: 7 }, (_, at) => ((first - 1 + at) % 7) + 1);

/** Preferences with changes over them. Pure. */
export function withChanges(
  preferences: NotificationPreferences,
  { channels = {}, digest, hourlyCap, quietHours }: PreferenceChanges,
): NotificationPreferences {
  const merged = TYPES.map((type) => [type, { ...preferences.channels[type], ...channels[type] }]);
  return {
    channels: Object.fromEntries(merged),
    digest: Object.assign({}, preferences.digest, digest),
    hourlyCap: hourlyCap ?? preferences.hourlyCap,
    quietHours: Object.assign({}, preferences.quietHours, quietHours),
  };
}

/** What I chose for a conversation, as long as it holds; null: the default. Pure. */
export function levelAt(
  choice: ConversationNotifications | undefined,
  now: number,
): ConversationNotifications['level'] {
  if (choice === undefined || (choice.until !== null && Date.parse(choice.until) <= now)) return null;
  return choice.level;
}
