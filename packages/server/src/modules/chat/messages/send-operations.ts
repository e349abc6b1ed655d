import { messages } from '@atrium/protocol';
import { direct, type Implementation, ProblemError, problem, type UserActor } from '../../../platform/module/index.ts';
import type { Reopen } from '../cases/cases.ts';
import { parseMentions } from '../mentions/parse.ts';
import { rewindOperation } from '../receipts/operations.ts';
import type { ReceiptWriter } from '../receipts/writer.ts';
import { mustBeMember } from '../rows/access.ts';
import type { LinkedOutgoing } from './linked-writer.ts';
import type { MaySend, MessageWriter, Sent } from './message-writer.ts';

/** Finds or creates the direct conversation of two people. Throws `not_found` if they share no workspace. */
export type FindDirectConversation = (actor: UserActor, toUserId: string) => Promise<string>;

/** The most frequent operations: sending messages and updating receipts. They are written in groups. */
export function sendOperations(deps: {
  writer: MessageWriter;
  sendLinked: (outgoing: LinkedOutgoing) => Promise<Sent>;
  receipts: ReceiptWriter;
  findDirectConversation: FindDirectConversation;
  /** Messages that are written in groups get the time of the database, in transactions of their own. */
  isBackfill?: boolean;
}): Implementation[] {
  const { isBackfill = false, writer, sendLinked, receipts } = deps;
  return [
    direct(messages.send, async ({ actor, input, db }) => {
      const { clientMessageId, content, type, replyTo = null, clearDraft, attachmentIds = [] } = input;
      const conversationId = await addressee(input, actor, deps.findDirectConversation);
      const draft = { conversationId, senderId: actor.userId, caller: actor, clientMessageId, type, content, replyTo };
      const mentioned = parseMentions(content);
      const isAlone = replyTo === null && mentioned === undefined && !clearDraft && attachmentIds.length === 0;
      const files = attachmentIds.length > 0 ? { attachmentIds } : {};
      const sending =
        isAlone && !isBackfill ? writer.send(draft) : sendLinked({ ...draft, ...files, mentioned, clearDraft });
      return sending.catch(async (error: unknown) => {
        // The writer knows only who is in the conversation, not who may see it.
        if (isNotFound(error)) await mustBeMember(db, actor, { conversationId });
        throw error;
      });
    }),
    direct(messages.ack, async ({ actor, input }) => {
      const { conversationId, deliveredSeq = 0, readSeq = 0 } = input;
      const receipt = await receipts.move({
        conversationId,
        userId: actor.userId,
        caller: actor,
        deliveredSeq,
        readSeq,
      });
      return {
        userId: receipt.userId,
        deliveredSeq: receipt.deliveredSeq,
        readSeq: receipt.readSeq,
        unread: receipt.unread,
      };
    }),
    rewindOperation,
  ];
}

async function addressee(
  { conversationId, toUserId }: { conversationId?: string | undefined; toUserId?: string | undefined },
  actor: UserActor,
  findDirectConversation: FindDirectConversation,
): Promise<string> {
  if (conversationId !== undefined && toUserId === undefined) return conversationId;
  if (toUserId !== undefined && conversationId === undefined) return findDirectConversation(actor, toUserId);
  throw problem('invalid_input', {
    errors: [{ path: 'conversationId', code: 'one_of', message: 'give either conversationId or toUserId' }],
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'not_found';
}

/**
 * Members and webhooks may send while the conversation is not archived; for everyone else it does not exist. A message
 * of the customer reopens their closed case.
 */
export function createMaySend(reopen: Reopen): MaySend {
  return (conversation, { conversationId, senderId, caller, via }) => {
    if (conversation === undefined || (via === undefined && !conversation.members.has(senderId)))
      throw problem('not_found');
    if (conversation.archived) throw problem('archived');
    return conversation.closedFor === senderId ? reopen(conversationId, senderId, caller) : undefined;
  };
}
