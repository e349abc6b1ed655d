import type { ConversationKind, MessageVia } from '@atrium/protocol';

/** A message that is being written, as other modules are told of it. */
export interface WrittenMessage {
  id: string;
  conversationId: string;
  workspaceId: string;
  kind: ConversationKind;
  /** How the conversation is called; null: the people in it are shown instead. */
  conversationName: string | null;
  senderId: string;
  /** What speaks, where it is not a person. */
  via: MessageVia | null;
  content: string;
  /** Of a reply: the message that the thread began with. */
  threadId: string | null;
  /** Who is in the conversation. */
  members: ReadonlySet<string>;
  /** Who is mentioned, by name or with everyone; never the sender. */
  mentioned: readonly string[];
  /** Who follows the thread that it is in. */
  followers: readonly string[];
}
