import {
  type ConversationCan,
  type ConversationKind,
  type ConversationMember,
  type InputFault,
  type MessageContext,
  sizes,
  type WorkspaceRole,
} from '@atrium/protocol';
import { isVisitor } from '../../workspaces/index.ts';

/** Maximum number of conversations per person: together with workspaces this is within the limit of `resume`. */
export const MAX_CONVERSATIONS = 1_700;
/** Unread messages are counted up to this number. */
export const MAX_UNREAD = sizes.unread;
/** How long a typing notice lasts. */
export const TYPING_MS = 6_000;

/** A member's role in a conversation. */
export type ConversationRole = ConversationMember['role'];

/** What the rules depend on: facts about the conversation and the person. */
export interface ConversationFacts {
  kind: ConversationKind;
  visibility: 'public' | 'private';
  archived: boolean;
  workspaceRole: WorkspaceRole;
  /** undefined: not in the conversation. */
  role: ConversationRole | undefined;
}

/** True for the roles that work in a workspace; guests and customers are visitors. */
export function isStaff(role: WorkspaceRole): boolean {
  return !isVisitor(role);
}

/** True for the roles that manage a workspace. */
export function isAdmin(role: WorkspaceRole): boolean {
  return role === 'owner' || role === 'admin';
}

/** Public channels are open to everyone who works in the workspace. */
function isOpen({ kind, visibility, workspaceRole }: ConversationFacts): boolean {
  return kind === 'channel' && visibility === 'public' && isStaff(workspaceRole);
}

/** Staff may read a case before taking it. */
function isQueued({ kind, workspaceRole }: ConversationFacts): boolean {
  return kind === 'support' && isStaff(workspaceRole);
}

/** Whether this role may create a conversation of this kind. */
export function mayCreate(kind: ConversationKind, role: WorkspaceRole): boolean {
  return isStaff(role) || (kind === 'support' && role === 'customer');
}

/** The fields of a new conversation that are checked together. */
export interface NewConversation {
  kind: ConversationKind;
  name: string | undefined;
  topic: string;
  /** The number of given members, without the creator. */
  others: number;
}

/** What is wrong with the fields of a new conversation, given the creator's role in the workspace. */
export function shapeFaults({ kind, name, topic, others }: NewConversation, role: WorkspaceRole): InputFault[] {
  const faults: InputFault[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (kind === 'channel' && name === undefined) fault('name', 'required', 'a channel has a name');
  if (kind === 'direct' && name !== undefined) fault('name', 'unexpected', 'a direct conversation has no name');
  if (kind === 'direct' && topic !== '') fault('topic', 'unexpected', 'a direct conversation has no topic');
  if (kind === 'group' && others < 1) fault('memberIds', 'too_small', 'a group needs someone else');
  if (kind === 'direct' && others !== 1)
    fault('memberIds', 'wrong_size', 'a direct conversation is with one other person');
  if (kind === 'support') {
    const wanted = isStaff(role) ? 1 : 0;
    const message = wanted ? 'a support case is for one customer' : 'the people who answer are found by the workspace';
    if (others !== wanted) fault('memberIds', 'wrong_size', message);
  }
  return faults;
}

/** Whether this role may be a member of a conversation of this kind. */
export function mayBeIn(kind: ConversationKind, role: WorkspaceRole): boolean {
  return kind === 'support' ? role !== 'guest' : role !== 'customer';
}

/** Whether they may stay in, or be added to, this conversation. A support case has exactly one customer. */
export function mayBeInCase(customerId: string | null, userId: string, role: WorkspaceRole): boolean {
  return mayBeIn('support', role) && (isStaff(role) || customerId === userId);
}

/** Whether this role may list the public channels of a workspace. */
export function mayBrowse(role: WorkspaceRole): boolean {
  return isStaff(role);
}

/** Whether they see the conversation, its members and its messages. */
export function mayRead(facts: ConversationFacts): boolean {
  return facts.role !== undefined || isOpen(facts) || isQueued(facts);
}

/** Whether they may export it. Managers, owners of the workspace, and both members of a direct conversation may. */
export function mayExport(facts: ConversationFacts): boolean {
  if (facts.kind === 'direct') return facts.role !== undefined;
  return isManager(facts) || facts.workspaceRole === 'owner';
}

/** Whether they manage the conversation. A direct one has no manager. */
export function isManager(facts: ConversationFacts): boolean {
  if (facts.kind === 'direct' || !mayRead(facts)) return false;
  return facts.role === 'manager' || isAdmin(facts.workspaceRole);
}

/** Whether they may mention everyone by @channel or @here. In large conversations only managers may. */
export function mayMentionAll(facts: ConversationFacts, members: number): boolean {
  return members <= sizes.mentionAll || isManager(facts);
}

/** Whether webhooks may post there. Customers talk only with people. */
export function mayHaveWebhooks({ kind }: Pick<ConversationFacts, 'kind'>): boolean {
  return kind !== 'support';
}

/** What the rules about messages depend on. */
export function messageContextOf(facts: ConversationFacts): MessageContext {
  return { isMember: facts.role !== undefined, moderates: isManager(facts), isArchived: facts.archived };
}

/** What a person may do with any conversation; what depends on its size or status is decided in `can/policy.ts`. */
export type BaseCan = Omit<ConversationCan, 'mentionAll' | 'take' | 'handOver' | 'close' | 'reopen'>;

/** Decides the permissions that depend only on the conversation and the person. */
export function baseCanOf(facts: ConversationFacts): BaseCan {
  const isMember = facts.role !== undefined;
  const runs = isManager(facts);
  const isGroup = facts.kind !== 'direct';
  const isOwnCase = facts.kind === 'support' && facts.workspaceRole === 'customer';
  return {
    send: isMember && !facts.archived,
    pin: isMember && !facts.archived,
    moderate: runs,
    update: isMember && runs && !facts.archived,
    archive: isMember && runs,
    delete: runs,
    addMembers: isMember && isGroup && isStaff(facts.workspaceRole) && !facts.archived,
    removeMembers: isMember && runs,
    join: !isMember && isOpen(facts) && !facts.archived,
    leave: isMember && isGroup && !isOwnCase,
    export: mayExport(facts),
    webhooks: runs && mayHaveWebhooks(facts),
    retention: runs,
  };
}
