import type { WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import type { AccessLoaders } from '../../platform/operations/access.ts';
import type { UserActor } from '../../platform/operations/actor.ts';
import { problem } from '../../platform/operations/problem-error.ts';
import { membershipOf } from '../workspaces/index.ts';
import { conversationFor } from './conversation-store.ts';
import { type ConversationFacts, isManager, mayRead } from './policy.ts';
import type { ConversationMemberRow, ConversationRow } from './tables.ts';

/** What the rules about conversations hand to an operation: the conversation, and what the caller is in it. */
export interface ConversationSubject {
  conversation: ConversationRow;
  workspaceRole: WorkspaceRole;
  /** undefined: a public channel that the caller has not joined. */
  member: ConversationMemberRow | undefined;
}

declare module '../../platform/operations/access.ts' {
  interface AccessSubjects {
    'conversation:reader': ConversationSubject;
    'conversation:member': ConversationSubject;
    'conversation:manager': ConversationSubject;
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
function loader(permits: (facts: ConversationFacts) => boolean) {
  return async (db: Executor, actor: UserActor, input: Record<string, unknown>): Promise<ConversationSubject> => {
    const found = await conversationFor(db, String(input.conversationId), actor.userId);
    const membership = found && (await membershipOf(db, found.conversation.workspace_id, actor.userId));
    if (found === undefined || membership === undefined) throw problem('not_found');
    const subject = { ...found, workspaceRole: membership.role };
    const facts = factsOf(subject);
    if (!mayRead(facts)) throw problem('not_found');
    if (!permits(facts)) throw problem('forbidden');
    return subject;
  };
}

/** Throws `forbidden` for a conversation that the caller sees from outside, `not_found` for one that they do not see. */
export const mustBeMember = loader((facts) => facts.role !== undefined);

/** Finds conversations for those who may see them. */
export const conversationAccess: AccessLoaders = {
  'conversation:reader': loader(() => true),
  'conversation:member': mustBeMember,
  'conversation:manager': loader(isManager),
};
