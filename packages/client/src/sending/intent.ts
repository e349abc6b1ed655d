import type { Message, Problem } from '@atrium/protocol';
import type { UploadFile, UploadProgress } from '../http/files.ts';

/** The options of a message besides its text. */
export interface SendOptions {
  /** A message of the same conversation: this one becomes a reply in its thread. */
  replyTo?: string;
  /** Deletes the draft of the message. */
  clearDraft?: boolean;
  /** Files to send with it, to a conversation: uploaded first, and never omitted. The text may then be empty. */
  files?: readonly UploadFile[];
}

/** A message to send. Stored before the first attempt, until the server has accepted it. */
export interface SendIntent extends SendOptions {
  /** Generated here; the server gives the same answer to repeated calls, so it can be sent any number of times. */
  clientMessageId: string;
  /** The recipient: a conversation, or a person. */
  conversationId?: string;
  toUserId?: string;
  content: string;
  /** Milliseconds since 1970, by this machine's clock. */
  createdAt: number;
  /** The final refusal; only `retry` sends the message again. */
  problem?: Problem;
}

/** A message of the user that is not in the stream yet. */
export interface PendingMessage extends Readonly<SendIntent> {
  /** `sent`: the server has accepted it, and its event is about to arrive. */
  readonly status: 'sending' | 'sent' | 'failed';
  /** The upload progress of its files. */
  readonly progress?: UploadProgress;
  /** Set once it is sent. */
  readonly message?: Message;
}
