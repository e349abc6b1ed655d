import type { Message } from './message.ts';

/** What a person is where a message was sent. */
export interface MessagePlace {
  isMember: boolean;
  /** Whether they may delete other people's messages there: `can.moderate` of the conversation. */
  moderates: boolean;
  isArchived: boolean;
}

/** What is to be known of a message. */
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
  /** See what it said before. */
  history: boolean;
}

/**
 * Decides what a person who can read a message may do with it. The server refuses by this function and clients offer by
 * it. Only the author edits, and nothing that the server said: there is no time limit, since everyone sees that a message was edited and
 * moderators see what it said. An archived conversation does not change, but what is there can be saved.
 */
export function messageCanOf(
  { isMember, moderates, isArchived }: MessagePlace,
  { isMine, type, isDeleted }: MessageFacts,
): MessageCan {
  const changes = !isArchived && !isDeleted;
  const isOwn = isMember && isMine;
  return {
    edit: changes && isOwn && type !== 'system',
    delete: changes && (isOwn || moderates),
    react: changes && isMember,
    // The thread of a deleted message goes on.
    reply: isMember && !isArchived,
    pin: changes && isMember,
    save: !isDeleted,
    history: isOwn || moderates,
  };
}
