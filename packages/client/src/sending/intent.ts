import type { Message, Problem } from '@atrium/protocol';

/** What a message is beside its text. */
export interface SendOptions {
  /** A message of the same conversation: this one is in its thread. */
  replyTo?: string;
  /** It was the draft there, which goes with it. */
  clearDraft?: boolean;
}

/** What somebody means to send. Written down before the first try, and kept until the server has it. */
export interface SendIntent extends SendOptions {
  /** Made here; the server answers the same to the same one, so it can be sent any number of times. */
  clientMessageId: string;
  /** Where to: a conversation, or a person. */
  conversationId?: string;
  toUserId?: string;
  content: string;
  /** Milliseconds since 1970, this machine's clock. */
  createdAt: number;
  /** Why the server refused it for good; only trying again by hand sends it once more. */
  problem?: Problem;
}

/** A message of one's own that is not in the stream yet. */
export interface PendingMessage extends Readonly<SendIntent> {
  /** `sent`: the server has it, its place in the stream is about to come. */
  readonly status: 'sending' | 'sent' | 'failed';
  /** Once it is sent. */
  readonly message?: Message;
}
