import type {
  Attachment,
  Conversation,
  ConversationMember,
  Message,
  MessageRevision,
  MessageVia,
  SupportStatus,
  ThreadSummary,
} from '@atrium/protocol';

/** A conversation as it is stored. */
export interface ConversationRow {
  id: string;
  workspace_id: string;
  kind: Conversation['kind'];
  visibility: Conversation['visibility'];
  name: string | null;
  topic: string;
  /** The two people of a direct conversation: see directKey. */
  direct_key: string | null;
  /** Everyone who becomes a member of the workspace is put into it. */
  auto_join: boolean;
  archived_at: Date | null;
  /** Of support cases. */
  support_status: SupportStatus | null;
  /** Who has the case in hand; of a closed one, who had it. */
  assignee_id: string | null;
  customer_id: string | null;
  /** Days that messages are kept; null: as long as the workspace keeps them. */
  retention_days: number | null;
  /** Messages up to here were kept long enough: those that are left say nothing, and were replied to. */
  expired_seq: number;
  created_by: string | null;
  created_at: Date;
  version: number;
  /** Other modules are told of every message, as of a direct conversation. */
  is_watched: boolean;
}

/** Someone's place in a conversation, with how far they have received and read its stream. */
export interface ConversationMemberRow {
  conversation_id: string;
  account_id: string;
  role: ConversationMember['role'];
  joined_at: Date;
  delivered_seq: number;
  read_seq: number;
}

/** Who reacted with what: account ids by emoji. */
export type StoredReactions = Readonly<Record<string, readonly string[]>>;

/** A message as it is stored. */
export interface MessageRow {
  id: string;
  conversation_id: string;
  /** Its place in the conversation's stream. */
  seq: number;
  sender_id: string;
  client_message_id: string;
  type: Message['type'];
  content: string;
  reply_to: string | null;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  version: number;
  /** What spoke, where it was not a person. */
  via: MessageVia | null;
  reactions: StoredReactions | null;
  /** Of a reply: the message that the thread began with. */
  thread_id: string | null;
  /** On that message: what the thread has come to. */
  thread: ThreadSummary | null;
  mentions: string[] | null;
  mention_scope: 'here' | 'channel' | null;
  /** As they are shown with it. */
  attachments: Attachment[] | null;
}

/** Where someone stands in a thread; a row that does not follow remembers that they chose not to. */
export interface ThreadFollowerRow {
  thread_id: string;
  account_id: string;
  conversation_id: string;
  following: boolean;
  read_seq: number;
  /** The same on all rows of a thread; null: it has no reply. */
  last_reply_seq: number | null;
  last_reply_at: Date | null;
}

/** What a message said before it was edited or deleted. */
export interface MessageRevisionRow {
  message_id: string;
  /** The version that this was. */
  version: number;
  content: string;
  action: MessageRevision['action'];
  changed_by: string;
  changed_at: Date;
}

/** A message that is pinned for everyone. */
export interface PinRow {
  conversation_id: string;
  message_id: string;
  pinned_by: string;
  pinned_at: Date;
}

/** A message that someone keeps for themselves. */
export interface SavedMessageRow {
  account_id: string;
  message_id: string;
  conversation_id: string;
  saved_at: Date;
}

/** What someone has begun to write. */
export interface DraftRow {
  account_id: string;
  conversation_id: string;
  /** null: in the conversation itself. */
  thread_id: string | null;
  content: string;
  updated_at: Date;
  /** The message that it is to become, if that was said. */
  client_message_id: string | null;
}

/** That someone is mentioned by a message. */
interface MentionRow {
  account_id: string;
  conversation_id: string;
  /** The place of the message. */
  seq: number;
}

/** A conversation that is gone and may have left something behind. */
interface RemovedConversationRow {
  id: string;
  removed_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    conversation: ConversationRow;
    conversation_member: ConversationMemberRow;
    message: MessageRow;
    message_revision: MessageRevisionRow;
    thread_follower: ThreadFollowerRow;
    pin: PinRow;
    saved_message: SavedMessageRow;
    draft: DraftRow;
    mention: MentionRow;
    removed_conversation: RemovedConversationRow;
  }
}
