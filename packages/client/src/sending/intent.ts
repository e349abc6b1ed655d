import type { Message, Problem } from '@atrium/protocol';
import type { UploadFile, UploadProgress } from '../http/files.ts';

/** The properties of a message besides its text. */
export interface SendOptions {
  /** A message of the same conversation: this one is in its thread. */
  replyTo?: string;
  /** Deletes the draft that the message was. */
  clearDraft?: boolean;
  /** Sent with it, to a conversation: uploaded first, and never without it. The text may be empty then. */
  files?: readonly UploadFile[];
}

/** A message to send. Stored before the first try until the server has it. */
export interface SendIntent extends SendOptions {
  /** Made here; the server answers the same to the same one, so it can be sent any number of times. */
  clientMessageId: string;
  /** Where to: a conversation, or a person. */
  conversationId?: string;
  toUserId?: string;
  content: string;
  /** Milliseconds since 1970, this machine's clock. */
  createdAt: number;
  /** The final refusal; only `retry` sends the message again. */
  problem?: Problem;
}

/** A message of one's own that is not in the stream yet. */
export interface PendingMessage extends Readonly<SendIntent> {
  /** `sent`: the server has it, and its event is about to arrive. */
  readonly status: 'sending' | 'sent' | 'failed';
  /** How far its files are. */
  readonly progress?: UploadProgress;
  /** Once it is sent. */
  readonly message?: Message;
}
