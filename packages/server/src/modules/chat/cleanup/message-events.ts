import type { Append } from '../../../platform/stream/index.ts';
import { conversationStream } from '../rows/stream.ts';
import type { DeletedItems } from './removal-store.ts';

/** Tells everyone which of their items were deleted with messages. */
export function announceDeletedItems(append: Append, conversationId: string, dropped: DeletedItems): void {
  for (const messageId of dropped.pins) {
    append(conversationStream(conversationId), 'pin:removed', { conversationId, messageId });
  }
  for (const { userId, messageId } of dropped.saved) {
    append(`user:${userId}`, 'saved:removed', { conversationId, messageId });
  }
  for (const { userId, threadId } of dropped.followers) {
    append(`user:${userId}`, 'thread:standing', { conversationId, threadId, userId });
  }
  for (const { userId, threadId } of dropped.drafts) {
    append(`user:${userId}`, 'draft:updated', { userId, conversationId, threadId });
  }
}
