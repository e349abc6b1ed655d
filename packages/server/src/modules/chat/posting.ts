import type { MessageVia } from '@atrium/protocol';
import type { Limiter } from '../../platform/limits/index.ts';
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

/** Makes the way in which features of the server post, within the limit of the conversation. */
export function createPosting(deps: { writer: MessageWriter; limiter: Pick<Limiter, 'consume'> }) {
  return async (posting: Posting): Promise<Sent> => {
    await deps.limiter.consume('conversation', posting.conversationId);
    return deps.writer.send({ ...posting, type: 'text', replyTo: null });
  };
}
