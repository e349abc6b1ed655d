import type { WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import {
  type AccessHold,
  type AccessHolds,
  type AccessLoaders,
  problem,
  type UserActor,
} from '../../../platform/module/index.ts';
import { holdMemberships, membershipOf, rolesOf } from '../../workspaces/index.ts';
import {
  conversationFor,
  conversationsById,
  conversationsFor,
  holdConversation,
  lockConversations,
} from './conversation-store.ts';
import { messagesById } from './message-store.ts';
import { type ConversationFacts, isManager, mayExport, mayRead } from './policy.ts';
import type { ConversationMemberRow, ConversationRow, MessageRow } from './tables.ts';

/** The subject of access rules for conversations: the conversation, and the caller's membership. */
export interface ConversationSubject {
  conversation: ConversationRow;
  workspaceRole: WorkspaceRole;
  /** undefined for a public channel that the caller has not joined. */
  member: ConversationMemberRow | undefined;
}

/** The subject of access rules for messages. */
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

/** The facts that the policy decides from. */
export function factsOf({ conversation, workspaceRole, member }: ConversationSubject): ConversationFacts {
  return {
    kind: conversation.kind,
    visibility: conversation.visibility,
    archived: conversation.archived_at !== null,
    workspaceRole,
    role: member?.role,
  };
}

/** A loader for users who may see the conversation, and who have a permission. */
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

/** Throws `forbidden` if the caller sees the conversation but is not a member, `not_found` if they do not see it. */
export const mustBeMember = loader((facts) => facts.role !== undefined);

/** Throws `not_found` if the caller does not see the conversation. */
export const mustBeReader = loader(() => true);

/** Those of the conversations that a user may read, by id. */
export async function readableConversations(
  db: Executor,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, ConversationSubject>> {
  const [roles, found] = [await rolesOf(db, userId), await conversationsFor(db, ids, userId)];
  const readable = new Map<string, ConversationSubject>();
  for (const { conversation, member } of found) {
    const workspaceRole = roles.get(conversation.workspace_id);
    const subject = workspaceRole && { conversation, workspaceRole, member };
    if (subject && mayRead(factsOf(subject))) readable.set(conversation.id, subject);
  }
  return readable;
}

/** A loader for messages in conversations that a rule admits. */
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

/** Throws `not_found` if the caller does not see the message. */
export const mustReadMessage = messageLoader(mustBeReader);

/** Loads conversations and messages for users who may see them. */
export const conversationAccess: AccessLoaders = {
  'conversation:reader': mustBeReader,
  'conversation:member': mustBeMember,
  'conversation:manager': loader(isManager),
  // Owners may export conversations that they cannot read otherwise; each export is logged.
  'conversation:exporter': loader(mayExport, (facts) => mayRead(facts) || mayExport(facts)),
  'message:reader': mustReadMessage,
  'message:member': messageLoader(mustBeMember),
};

/**
 * Keeps the caller's roles in the workspace and the conversation, or locks the conversation: transactions that remove
 * members or archive it lock it too.
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

/** Locks what the access rules of conversations and messages depend on. */
export const conversationHolds: AccessHolds = {
  'conversation:reader': holdNamed,
  'conversation:member': holdNamed,
  'conversation:manager': holdNamed,
  'conversation:exporter': holdNamed,
  'message:reader': holdWhereSaid,
  'message:member': holdWhereSaid,
};
