import type {
  Conversation,
  ConversationMember,
  EventData,
  Message,
  MessageRevision,
  Reaction,
  Receipt,
  ThreadSummary,
} from '@atrium/protocol';
import type {
  ConversationMemberRow,
  ConversationRow,
  MessageRevisionRow,
  MessageRow,
  StoredReactions,
} from './tables.ts';

/** A conversation as everyone in it may see it. */
export function presentConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    visibility: row.visibility,
    name: row.name,
    topic: row.topic,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    version: row.version,
    retentionDays: row.retention_days,
    ...(row.support_status && {
      support: { status: row.support_status, customerId: row.customer_id, assigneeId: row.assignee_id },
    }),
  };
}

/** A membership in a conversation. */
export function presentMember(row: ConversationMemberRow): ConversationMember {
  return { userId: row.account_id, role: row.role, joinedAt: row.joined_at.toISOString() };
}

/** How far a member has received and read. */
export function presentReceipt(row: ConversationMemberRow): Receipt {
  return { userId: row.account_id, deliveredSeq: row.delivered_seq, readSeq: row.read_seq };
}

/** Sorts reactions, whichever came first. */
function presentReactions(reactions: StoredReactions): Reaction[] {
  return Object.entries(reactions)
    .map(([emoji, userIds]) => ({ emoji, userIds: [...userIds] }))
    .sort((one, other) => (one.emoji < other.emoji ? -1 : 1));
}

/** The summary of a thread. */
export function presentThread({ replyCount, lastReplyAt, lastReplySeq, participants }: ThreadSummary): ThreadSummary {
  return { replyCount, lastReplyAt, lastReplySeq, participants };
}

/** The event for people whom a message mentions. */
export function presentMention(row: MessageRow): EventData['mention:received'] {
  const { id: messageId, conversation_id: conversationId, seq, sender_id: senderId, thread_id: threadId } = row;
  return { conversationId, messageId, seq, senderId, ...(threadId && { threadId }) };
}

/** The event of a thread: its first message and its summary. */
export function presentThreadOf({ id, conversation_id, thread }: MessageRow): EventData['thread:updated'] {
  return { conversationId: conversation_id, messageId: id, thread: thread && presentThread(thread) };
}

/** A message as everyone in the conversation sees it. */
export function presentMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    senderId: row.sender_id,
    clientMessageId: row.client_message_id,
    type: row.type,
    content: row.content,
    replyTo: row.reply_to,
    createdAt: row.created_at.toISOString(),
    ...(row.via && { via: row.via }),
    version: row.version,
    ...(row.edited_at && { editedAt: row.edited_at.toISOString() }),
    ...(row.deleted_at && { deletedAt: row.deleted_at.toISOString() }),
    ...(row.reactions && { reactions: presentReactions(row.reactions) }),
    ...(row.thread_id && { threadId: row.thread_id }),
    ...(row.thread && { thread: presentThread(row.thread) }),
    ...(row.mentions && { mentions: row.mentions }),
    ...(row.mention_scope && { mentionScope: row.mention_scope }),
    ...(row.attachments && { attachments: row.attachments }),
  };
}

/** A former text of a message. */
export function presentRevision(row: MessageRevisionRow): MessageRevision {
  return {
    version: row.version,
    content: row.content,
    action: row.action,
    changedBy: row.changed_by,
    changedAt: row.changed_at.toISOString(),
  };
}
