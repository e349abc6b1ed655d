import type { MessageVia } from '@atrium/protocol';
import { type ParsedMentions, parseMentions } from '../mentions/parse.ts';
import type { LinkedOutgoing } from './linked-writer.ts';
import type { MessageWriter, Sent } from './message-writer.ts';

/** A message whose sender is not a person. */
export interface Posting {
  conversationId: string;
  /** The id of the sender. */
  senderId: string;
  /** The idempotency key: posted again, it is the same message. */
  clientMessageId: string;
  content: string;
  via: MessageVia;
  /** The people whom it mentions. */
  mentions: ParsedMentions | undefined;
  /** Whether `@name` in the content also mentions people, as in messages of people. */
  parsesContent: boolean;
}

/** Creates the function by which other features post; it counts against the limit of the conversation. */
export function createPosting(deps: {
  writer: Pick<MessageWriter, 'send'>;
  sendLinked: (outgoing: LinkedOutgoing) => Promise<Sent>;
}) {
  return ({ mentions, parsesContent, ...posting }: Posting): Promise<Sent> => {
    const outgoing = { ...posting, caller: undefined, type: 'text', replyTo: null } as const;
    const mentioned = both(mentions, parsesContent ? parseMentions(posting.content) : undefined);
    if (mentioned === undefined) return deps.writer.send(outgoing);
    return deps.sendLinked({ ...outgoing, mentioned, clearDraft: false });
  };
}

function both(one: ParsedMentions | undefined, other: ParsedMentions | undefined): ParsedMentions | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const scopes = [one.scope, other.scope];
  return {
    names: [...one.names, ...other.names],
    shorter: new Map([...(one.shorter ?? []), ...(other.shorter ?? [])]),
    ids: [...(one.ids ?? []), ...(other.ids ?? [])],
    scope: scopes.includes('channel') ? 'channel' : scopes.includes('here') ? 'here' : null,
  };
}
