import type { Message } from './message.ts';

/** The person's permissions in the conversation of a message. */
export interface MessageContext {
  isMember: boolean;
  /** Whether they may delete other people's messages there: `can.moderate` of the conversation. */
  moderates: boolean;
  isArchived: boolean;
}

/** The facts about a message. */
export interface MessageFacts {
  /** Whether the person sent it. */
  isMine: boolean;
  type: Message['type'];
  isDeleted: boolean;
}

/** What a person may do with a message. */
export interface MessageCan {
  edit: boolean;
  delete: boolean;
  react: boolean;
  reply: boolean;
  pin: boolean;
  save: boolean;
  /** See its earlier versions. */
  history: boolean;
}

/**
 * Decides what a person who can read a message may do with it. The server refuses and clients show actions by this
 * function. Only authors can edit, and system messages cannot be edited. There is no time limit: everyone sees that a
 * message was edited, and moderators see the earlier text. An archived conversation does not change, but its messages
 * can be saved.
 */
export function messageCanOf(
  { isMember, moderates, isArchived }: MessageContext,
  { isMine, type, isDeleted }: MessageFacts,
): MessageCan {
  const changes = !isArchived && !isDeleted;
  const isOwn = isMember && isMine;
  return {
    edit: changes && isOwn && type !== 'system',
    delete: changes && (isOwn || moderates),
    react: changes && isMember,
    // The thread of a deleted message continues.
    reply: isMember && !isArchived,
    pin: changes && isMember,
    save: !isDeleted,
    history: isOwn || moderates,
  };
}
