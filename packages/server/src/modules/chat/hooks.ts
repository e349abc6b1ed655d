import type { WrittenMessage } from './rows/written-message.ts';

/** Called inside the transaction of the change. The conversations are locked, unless stated otherwise. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /**
     * Messages are about to be written that mention people, are replies, or are in conversations of which every message
     * is reported: direct ones, and those of `watchConversation`. The conversations are not locked. If a message cannot
     * be placed, the transaction is rolled back.
     */
    'messages:writing': { messages: readonly WrittenMessage[] };
    /** Those messages have their numbers, and their streams are locked: listeners must not wait for any row. */
    'messages:placed': { messages: readonly { id: string; seq: number }[] };
    'message:edited': { conversationId: string; messageId: string; content: string };
    /** An edited message no longer mentions these people. */
    'message:mentionsRemoved': { messageId: string; userIds: readonly string[] };
    /** Messages were deleted, or removed by retention. */
    'messages:deleted': { conversationId: string; messageIds: readonly string[] };
    /** People have read conversations up to a position. Only their membership rows are locked. */
    'conversations:read': { reads: readonly { conversationId: string; userId: string; readSeq: number }[] };
    'thread:read': { conversationId: string; threadId: string; userId: string; readSeq: number };
    /** Somebody left conversations, or was removed from them; their memberships are deleted. */
    'conversation:memberRemoved': { userId: string; conversationIds: readonly string[] };
    /**
     * Conversations are about to be deleted, with their members still in them. A module deletes what it stores for
     * them: small amounts immediately, others in a job of the module.
     */
    'conversation:deleting': { conversationIds: readonly string[] };
  }
}
