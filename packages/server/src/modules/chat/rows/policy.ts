import {
  type ConversationCan,
  type ConversationKind,
  type ConversationMember,
  type InputFault,
  type MessagePlace,
  sizes,
  type WorkspaceRole,
} from '@atrium/protocol';
import { isVisitor } from '../../workspaces/index.ts';

/** Conversations that one person may be in: with their workspaces they stay within what `resume` takes. */
export const MAX_CONVERSATIONS = 1_700;
/** Unread messages are counted up to here. */
export const MAX_UNREAD = sizes.unread;
/** How long someone counts as typing after saying so. */
export const TYPING_MS = 6_000;

/** What someone is in a conversation. */
export type ConversationRole = ConversationMember['role'];

/** What the rules need to know of a conversation and of the person who asks. */
export interface ConversationFacts {
  kind: ConversationKind;
  visibility: 'public' | 'private';
  archived: boolean;
  workspaceRole: WorkspaceRole;
  /** undefined: not in the conversation. */
  role: ConversationRole | undefined;
}

/** True for the roles that work in a workspace; guests and customers only visit it. */
export function isStaff(role: WorkspaceRole): boolean {
  return !isVisitor(role);
}

/** True for the roles that run a workspace. */
export function isAdmin(role: WorkspaceRole): boolean {
  return role === 'owner' || role === 'admin';
}

/** Public channels are open to everyone who works in the workspace. */
function isOpen({ kind, visibility, workspaceRole }: ConversationFacts): boolean {
  return kind === 'channel' && visibility === 'public' && isStaff(workspaceRole);
}

/** Whoever works there may look at a case before taking it. */
function isQueued({ kind, workspaceRole }: ConversationFacts): boolean {
  return kind === 'support' && isStaff(workspaceRole);
}

/** May they open a conversation of this kind? */
export function mayCreate(kind: ConversationKind, role: WorkspaceRole): boolean {
  return isStaff(role) || (kind === 'support' && role === 'customer');
}

/** What a new conversation would be, as far as its shape can be wrong. */
export interface NewConversation {
  kind: ConversationKind;
  name: string | undefined;
  topic: string;
  /** How many people are named beside the creator. */
  others: number;
}

/** What is wrong with the shape of a new conversation, given the creator's role in the workspace. */
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

/** May someone with this role in the workspace be put into a conversation of this kind? */
export function mayBeIn(kind: ConversationKind, role: WorkspaceRole): boolean {
  return kind === 'support' ? role !== 'guest' : role !== 'customer';
}

/** May they stay in, or be added to, this very conversation? A support case is that of one customer. */
export function mayBeInCase(customerId: string | null, userId: string, role: WorkspaceRole): boolean {
  return mayBeIn('support', role) && (isStaff(role) || customerId === userId);
}

/** May they list the public channels of a workspace? */
export function mayBrowse(role: WorkspaceRole): boolean {
  return isStaff(role);
}

/** May they see the conversation, its people and its messages? */
export function mayRead(facts: ConversationFacts): boolean {
  return facts.role !== undefined || isOpen(facts) || isQueued(facts);
}

/** May they take a copy along? Who runs it, owners of the workspace, and the two of a direct conversation. */
export function mayExport(facts: ConversationFacts): boolean {
  if (facts.kind === 'direct') return facts.role !== undefined;
  return isManager(facts) || facts.workspaceRole === 'owner';
}

/** Do they run the conversation? Nobody runs a direct one. */
export function isManager(facts: ConversationFacts): boolean {
  if (facts.kind === 'direct' || !mayRead(facts)) return false;
  return facts.role === 'manager' || isAdmin(facts.workspaceRole);
}

/** May they mention everyone of so many at once, by @channel or @here? In large conversations only who runs them. */
export function mayMentionAll(facts: ConversationFacts, members: number): boolean {
  return members <= sizes.mentionAll || isManager(facts);
}

/** May programs post there by an address? Customers talk with people. */
export function mayHaveWebhooks({ kind }: Pick<ConversationFacts, 'kind'>): boolean {
  return kind !== 'support';
}

/** What the rules about messages need to know of the conversation. */
export function messagePlaceOf(facts: ConversationFacts): MessagePlace {
  return { isMember: facts.role !== undefined, moderates: isManager(facts), isArchived: facts.archived };
}

/** What someone may do with any conversation; what depends on its size or its case is decided in `can/policy.ts`. */
export type BaseCan = Omit<ConversationCan, 'mentionAll' | 'take' | 'handOver' | 'close' | 'reopen'>;

/** Decides what depends on the conversation and the person alone. */
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
