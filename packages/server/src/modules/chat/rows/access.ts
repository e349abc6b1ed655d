import type { WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import {
  type AccessHold,
  type AccessHolds,
  type AccessLoaders,
  problem,
  type UserActor,
} from '../../../platform/module/index.ts';
import { holdMemberships, membershipOf } from '../../workspaces/index.ts';
import { conversationFor, conversationsById, holdConversation, lockConversations } from './conversation-store.ts';
import { messagesById } from './message-store.ts';
import { type ConversationFacts, isManager, mayExport, mayRead } from './policy.ts';
import type { ConversationMemberRow, ConversationRow, MessageRow } from './tables.ts';

/** What the rules about conversations hand to an operation: the conversation, and what the caller is in it. */
export interface ConversationSubject {
  conversation: ConversationRow;
  workspaceRole: WorkspaceRole;
  /** undefined: a public channel that the caller has not joined. */
  member: ConversationMemberRow | undefined;
}

/** The same for rules about messages. */
export interface MessageSubject extends ConversationSubject {
  message: MessageRow;
}

declare module '../../../platform/module/index.ts' {
  interface AccessSubjects {
    'conversation:reader': ConversationSubject;
    'conversation:member': ConversationSubject;
    'conversation:manager': ConversationSubject;
    'conversation:exporter': ConversationSubject;
    'message:reader': MessageSubject;
    'message:member': MessageSubject;
  }
}

/** What the policy decides by. */
export function factsOf({ conversation, workspaceRole, member }: ConversationSubject): ConversationFacts {
  return {
    kind: conversation.kind,
    visibility: conversation.visibility,
    archived: conversation.archived_at !== null,
    workspaceRole,
    role: member?.role,
  };
}

/** A loader for those who may see the conversation, and of them for those who are permitted. */
function loader(permits: (facts: ConversationFacts) => boolean, shows = mayRead) {
  return async (
    db: Executor,
    actor: Pick<UserActor, 'userId'>,
    input: Record<string, unknown>,
  ): Promise<ConversationSubject> => {
    const found = await conversationFor(db, String(input.conversationId), actor.userId);
    const membership = found && (await membershipOf(db, found.conversation.workspace_id, actor.userId));
    if (found === undefined || membership === undefined) throw problem('not_found');
    const subject = { ...found, workspaceRole: membership.role };
    const facts = factsOf(subject);
    if (!shows(facts)) throw problem('not_found');
    if (!permits(facts)) throw problem('forbidden');
    return subject;
  };
}

/** Throws `forbidden` for a conversation that the caller sees from outside, `not_found` for one that they do not see. */
export const mustBeMember = loader((facts) => facts.role !== undefined);

/** Throws `not_found` for a conversation that the caller does not see. */
export const mustBeReader = loader(() => true);

/** A loader for messages, for those whom the rule about their conversation lets in. */
function messageLoader(conversationRule: typeof mustBeMember) {
  return async (
    db: Executor,
    actor: Pick<UserActor, 'userId'>,
    input: Record<string, unknown>,
  ): Promise<MessageSubject> => {
    const id = String(input.messageId);
    const message = (await messagesById(db, [id])).get(id);
    if (message === undefined) throw problem('not_found');
    return { ...(await conversationRule(db, actor, { conversationId: message.conversation_id })), message };
  };
}

/** Throws `not_found` for a message that the caller does not see. */
export const mustReadMessage = messageLoader(mustBeReader);

/** Finds conversations and messages for those who may see them. */
export const conversationAccess: AccessLoaders = {
  'conversation:reader': mustBeReader,
  'conversation:member': mustBeMember,
  'conversation:manager': loader(isManager),
  // Owners may take a copy of what they are not in and cannot read otherwise; that they did is written down.
  'conversation:exporter': loader(mayExport, (facts) => mayRead(facts) || mayExport(facts)),
  'message:reader': mustReadMessage,
  'message:member': messageLoader(mustBeMember),
};

/**
 * Keeps what somebody is in the workspace and in the conversation, or locks the conversation: whoever removes people or
 * archives it locks it too.
 */
function hold(
  conversationIdOf: (tx: Executor, input: Record<string, unknown>) => Promise<string | undefined>,
): AccessHold {
  return async (tx, { userId }, input, { lock, people }) => {
    const id = await conversationIdOf(tx, input);
    const conversation = id === undefined ? undefined : (await conversationsById(tx, [id])).get(id);
    if (conversation === undefined) return;
    await holdMemberships(tx, conversation.workspace_id, [userId, ...people]);
    if (lock === 'hold') await holdConversation(tx, conversation.id);
    else await lockConversations(tx, [conversation.id]);
  };
}

const holdNamed = hold(async (_tx, input) => String(input.conversationId));

const holdWhereSaid = hold(async (tx, input) => {
  const id = String(input.messageId);
  return (await messagesById(tx, [id])).get(id)?.conversation_id;
});

/** Locks what the rules about conversations and messages decide by. */
export const conversationHolds: AccessHolds = {
  'conversation:reader': holdNamed,
  'conversation:member': holdNamed,
  'conversation:manager': holdNamed,
  'conversation:exporter': holdNamed,
  'message:reader': holdWhereSaid,
  'message:member': holdWhereSaid,
};
