import type { ConversationNotifications, NotificationPreferences } from '@atrium/protocol';
import { useNow } from '../../live/clock.ts';
import { overlaid, usePatches } from '../../live/overlay.ts';
import { useLive } from '../../live/use-live.ts';
import { useOperationPages } from '../../live/use-operation.ts';
import { levelAt, type NotificationFilters } from './model.ts';

/** The number on the bell: the server counts, so that it is the same on every device. */
export const useUnreadNotifications = (): number => useLive((state) => state.unreadNotifications);

/** My notifications, the latest first. */
export const useNotifications = ({ type, unread }: NotificationFilters) =>
  useOperationPages('notifications.list', { ...(type && { type }), ...(unread && { unread }) });

/** What notifies me, and how; null until it is known. */
export function usePreferences(): NotificationPreferences | null {
  const preferences = useLive((state) => state.notificationPreferences);
  const patches = usePatches();
  return preferences && overlaid(patches, 'notifications:preferences', preferences);
}

/** Which messages of a conversation notify me; `level` null: the default. */
export function useConversationLevel(conversationId: string): Pick<ConversationNotifications, 'level' | 'until'> {
  const choice = useLive((state) => state.conversationNotifications[conversationId]);
  const level = levelAt(choice, useNow(60_000));
  return { level, until: level === null ? null : (choice?.until ?? null) };
}
