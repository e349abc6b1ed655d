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

/** A stored conversation. */
export interface ConversationRow {
  id: string;
  workspace_id: string;
  kind: Conversation['kind'];
  visibility: Conversation['visibility'];
  name: string | null;
  topic: string;
  /** The two people of a direct conversation: see directKey. */
  direct_key: string | null;
  /** Everyone who becomes a member of the workspace joins it. */
  auto_join: boolean;
  archived_at: Date | null;
  /** For support cases only. */
  support_status: SupportStatus | null;
  /** The assignee of the case; for a closed case, the former assignee. */
  assignee_id: string | null;
  customer_id: string | null;
  /** Days that messages are kept; null: as set for the workspace. */
  retention_days: number | null;
  /** Messages up to here have expired: the remaining ones are empty, and had replies. */
  expired_seq: number;
  created_by: string | null;
  created_at: Date;
  version: number;
  /** Every message is reported to other modules, as for a direct conversation. */
  is_watched: boolean;
}

/** A membership in a conversation, with the positions up to which the member has received and read it. */
export interface ConversationMemberRow {
  conversation_id: string;
  account_id: string;
  role: ConversationMember['role'];
  joined_at: Date;
  delivered_seq: number;
  read_seq: number;
}

/** The account ids of people who reacted, by emoji. */
export type StoredReactions = Readonly<Record<string, readonly string[]>>;

/** A stored message. */
export interface MessageRow {
  id: string;
  conversation_id: string;
  /** Its number in the conversation's stream. */
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
  /** Set if the sender is not a person. */
  via: MessageVia | null;
  reactions: StoredReactions | null;
  /** For a reply: the first message of the thread. */
  thread_id: string | null;
  /** For the first message of a thread: the summary of the thread. */
  thread: ThreadSummary | null;
  mentions: string[] | null;
  mention_scope: 'here' | 'channel' | null;
  /** As presented in the message. */
  attachments: Attachment[] | null;
}

/** A user's position in a thread; a row that does not follow it records that they chose not to. */
export interface ThreadFollowerRow {
  thread_id: string;
  account_id: string;
  conversation_id: string;
  following: boolean;
  read_seq: number;
  /** The same in all rows of a thread; null: it has no reply. */
  last_reply_seq: number | null;
  last_reply_at: Date | null;
}

/** The text of a message before it was edited or deleted. */
export interface MessageRevisionRow {
  message_id: string;
  /** The version with this text. */
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

/** A message that a user has saved. */
export interface SavedMessageRow {
  account_id: string;
  message_id: string;
  conversation_id: string;
  saved_at: Date;
}

/** A draft. */
export interface DraftRow {
  account_id: string;
  conversation_id: string;
  /** null: in the conversation itself. */
  thread_id: string | null;
  content: string;
  updated_at: Date;
  /** The id of the message that it will become, if given. */
  client_message_id: string | null;
}

/** A mention of a person in a message. */
interface MentionRow {
  account_id: string;
  conversation_id: string;
  /** The number of the message. */
  seq: number;
}

/** A deleted conversation that may still have rows. */
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
