import type { NotificationCause } from '@atrium/protocol';
import type { WrittenMessage } from '../../chat/index.ts';

/** So many characters of a message are quoted. */
export const QUOTED = 500;

/** Where a message is in the web app; in a conversation its position follows. */
export function linkOf({ conversationId, threadId }: WrittenMessage): string {
  return threadId === null ? `/c/${conversationId}` : `/c/${conversationId}/t/${threadId}`;
}

/**
 * What a notification of a message is called.
 * @param channel name of the conversation; null in a direct one
 */
export function titleOf(cause: NotificationCause, sender: string, channel: string | null): string {
  const place = channel === null ? '' : ` in ${channel}`;
  if (cause === 'message_mention') return `${sender} mentioned you${place}`;
  if (cause === 'message_reply') return `${sender} replied in a thread${place}`;
  return `${sender}${place}`;
}
