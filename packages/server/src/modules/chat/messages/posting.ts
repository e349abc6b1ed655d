import type { MessageVia } from '@atrium/protocol';
import type { MessageWriter, Sent } from './message-writer.ts';

/** What something that is not a person says. */
export interface Posting {
  conversationId: string;
  /** Its own id. */
  senderId: string;
  /** Names the intent: posted again, it is the same message. */
  clientMessageId: string;
  content: string;
  via: MessageVia;
}

/** Makes the way in which features of the server post; the writer counts against the limit of the conversation. */
export function createPosting(writer: Pick<MessageWriter, 'send'>) {
  return (posting: Posting): Promise<Sent> => writer.send({ ...posting, type: 'text', replyTo: null });
}
