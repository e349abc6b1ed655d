import type { WrittenMessage } from './rows/written-message.ts';

/** What is told inside the transaction of the change. The conversations are locked by then, unless it says otherwise. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /**
     * Messages are being written that mention people or are replies, or in conversations of which every message is told:
     * direct ones, and those that are watched (`watchConversation`). The conversations are not locked. If a message finds
     * no place, the transaction is undone.
     */
    'messages:writing': { messages: readonly WrittenMessage[] };
    /** Those messages have their places in the streams, which are locked: whoever is told now waits for no row. */
    'messages:placed': { messages: readonly { id: string; seq: number }[] };
    'message:edited': { conversationId: string; messageId: string; content: string };
    /** An edited message no longer mentions these people. */
    'message:mentionsRemoved': { messageId: string; userIds: readonly string[] };
    /** Messages were deleted, or kept long enough. */
    'messages:deleted': { conversationId: string; messageIds: readonly string[] };
    /** People have read conversations up to a position. Only their places in them are locked. */
    'conversations:read': { reads: readonly { conversationId: string; userId: string; readSeq: number }[] };
    'thread:read': { conversationId: string; threadId: string; userId: string; readSeq: number };
    /** Someone left conversations, or was taken out of them; their memberships are gone. */
    'conversation:memberRemoved': { userId: string; conversationIds: readonly string[] };
    /**
     * Conversations go, with their members still in them. What a module keeps of them goes now, if it is little; else it
     * is cleared by a job of the module.
     */
    'conversation:deleting': { conversationIds: readonly string[] };
  }
}
