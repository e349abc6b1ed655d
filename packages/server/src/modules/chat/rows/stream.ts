import type { StreamName } from '@atrium/protocol';

/** The stream of a conversation. */
export function conversationStream(conversationId: string): StreamName {
  return `conversation:${conversationId}`;
}
