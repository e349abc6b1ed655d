import type { NotificationCause } from '@atrium/protocol';
import type { WrittenMessage } from '../../chat/index.ts';

/** Maximum length of a quote. */
export const QUOTED = 500;

/** The path of a message in the web app; in a conversation its position follows. */
export function linkOf({ conversationId, threadId }: WrittenMessage): string {
  return threadId === null ? `/c/${conversationId}` : `/c/${conversationId}/t/${threadId}`;
}

/**
 * The title of a notification of a message.
 * @param channel name of the conversation; null for a direct one
 */
export function titleOf(cause: NotificationCause, sender: string, channel: string | null): string {
  const place = channel === null ? '' : ` in ${channel}`;
  if (cause === 'message_mention') return `${sender} mentioned you${place}`;
  if (cause === 'message_reply') return `${sender} replied in a thread${place}`;
  return `${sender}${place}`;
}
