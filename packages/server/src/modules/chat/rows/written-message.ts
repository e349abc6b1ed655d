import type { ConversationKind, MessageVia } from '@atrium/protocol';

/** A message that is being written, as other modules see it. */
export interface WrittenMessage {
  id: string;
  conversationId: string;
  workspaceId: string;
  kind: ConversationKind;
  /** The name of the conversation; null: its members are shown instead. */
  conversationName: string | null;
  senderId: string;
  /** Set if the sender is not a person. */
  via: MessageVia | null;
  content: string;
  /** For a reply: the first message of the thread. */
  threadId: string | null;
  /** The members of the conversation. */
  members: ReadonlySet<string>;
  /** Everyone mentioned, by name or by @channel and @here; never the sender. */
  mentioned: readonly string[];
  /** The followers of its thread. */
  followers: readonly string[];
}
