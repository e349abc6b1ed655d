import type { Executor } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { sharedWorkspaces } from '../../workspaces/index.ts';
import { announceCan } from '../can/can.ts';
import { addMembers, admit, type ChatContext } from '../members/membership.ts';
import {
  directKey,
  findDirect,
  findDirectOfBoth,
  insertConversation,
  updateConversation,
} from '../rows/conversation-store.ts';
import { mayBeIn, mayCreate } from '../rows/policy.ts';
import { conversationStream } from '../rows/stream.ts';
import type { ConversationRow } from '../rows/tables.ts';

/** Two people with a direct conversation. */
export interface Pair {
  userId: string;
  otherId: string;
}

/**
 * Finds or creates the direct conversation of two people in a workspace; both are in it afterwards. The caller has
 * admitted both.
 * @returns its id
 */
export async function openDirect(
  context: ChatContext,
  { workspaceId, userId, otherId }: Pair & { workspaceId: string },
): Promise<string> {
  const { tx, now } = context;
  const key = directKey(userId, otherId);
  const conversation =
    (await insertConversation(tx, {
      id: newId(),
      workspace_id: workspaceId,
      kind: 'direct',
      visibility: 'private',
      name: null,
      topic: '',
      direct_key: key,
      auto_join: false,
      archived_at: null,
      created_by: userId,
      created_at: now,
      version: 1,
    })) ?? (await findDirect(tx, [workspaceId], key));
  if (conversation === undefined) throw problem('conflict');
  const people = [userId, otherId].map((id) => ({ userId: id, role: 'member' as const }));
  await addMembers(context, conversation.id, people);
  if (conversation.archived_at !== null) await moveArchive(context, conversation.id, null);
  return conversation.id;
}

/** Archives the direct conversations that one of the two has left: nobody would read new messages. */
export async function closeDirects(context: ChatContext, left: readonly ConversationRow[]): Promise<void> {
  for (const { id, kind, archived_at } of left) {
    if (kind === 'direct' && archived_at === null) await moveArchive(context, id, context.now);
  }
}

async function moveArchive(context: ChatContext, conversationId: string, archivedAt: Date | null): Promise<void> {
  await updateConversation(context.tx, conversationId, { archived_at: archivedAt });
  // The writers cache whether it is archived.
  context.append(conversationStream(conversationId), 'conversation:updated', { conversationId }, { fence: true });
  await announceCan(context, { conversationIds: [conversationId] }, (now) => ({
    ...now,
    archived: archivedAt === null,
  }));
}

/** The direct conversation that both people are in, if there is one. */
export function directConversationOf(db: Executor, { userId, otherId }: Pair): Promise<string | undefined> {
  return findDirectOfBoth(db, directKey(userId, otherId));
}

/**
 * Finds the conversation for messages to a person: the existing direct conversation, or else a new one in the oldest
 * workspace that they share.
 * @returns its id; both are in it
 * @throws `not_found` if they share no workspace, `invalid_input` for oneself, `forbidden` if a guest or a customer
 * would create it
 */
export async function directConversationFor(context: ChatContext, { userId, otherId }: Pair): Promise<string> {
  if (userId === otherId) {
    throw problem('invalid_input', { errors: [{ path: 'toUserId', code: 'self', message: 'is yourself' }] });
  }
  const shared = await sharedWorkspaces(context.tx, userId, otherId);
  if (shared.length === 0) throw problem('not_found');
  const present = await findDirect(
    context.tx,
    shared.map(({ workspaceId }) => workspaceId),
    directKey(userId, otherId),
  );
  const open = shared.find(({ role, otherRole }) => mayCreate('direct', role) && mayBeIn('direct', otherRole));
  const workspaceId = present?.workspace_id ?? open?.workspaceId;
  if (workspaceId === undefined) throw problem('forbidden');
  const people = [userId, otherId].map((id) => ({ userId: id, path: 'toUserId' }));
  await admit(context, { workspaceId, kind: 'direct' }, people);
  return openDirect(context, { workspaceId, userId, otherId });
}
