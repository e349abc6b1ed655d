import type { WorkspaceRole } from '@atrium/protocol';
import type { Listeners } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { announceCan } from './can/can.ts';
import { removeConversations } from './cleanup/removal.ts';
import { closeDirects } from './conversations/direct.ts';
import { addMembers, type ChatContext, removeMember } from './members/membership.ts';
import { ensureManager } from './members/succession.ts';
import { conversationIdsIn, insertConversation, lockAutoJoin, lockConversations } from './rows/conversation-store.ts';
import { conversationIdsOf } from './rows/member-store.ts';
import { isAdmin, isStaff, mayBeIn, mayBeInCase } from './rows/policy.ts';
import type { ConversationRow } from './rows/tables.ts';

/** The initial channel of every workspace. */
const FIRST_CHANNEL = 'general';

async function putIntoFirstChannel(context: ChatContext, workspaceId: string, userId: string): Promise<void> {
  const channel = await lockAutoJoin(context.tx, workspaceId);
  if (channel !== undefined) await addMembers(context, channel.id, [{ userId, role: 'member' }]);
}

/** People who are no longer staff cannot keep cases of others. */
function mayStayIn({ kind, customer_id }: ConversationRow, userId: string, role: WorkspaceRole): boolean {
  return kind === 'support' ? mayBeInCase(customer_id, userId, role) : mayBeIn(kind, role);
}

/** Removes a person from conversations, which the caller has locked. */
async function leaveAll(
  context: ChatContext,
  userId: string,
  conversations: readonly ConversationRow[],
): Promise<void> {
  await removeMember(
    context,
    userId,
    conversations.map(({ id }) => id),
  );
  await closeDirects(context, conversations);
}

/** What chat does when workspaces change. */
export const workspaceListeners: Listeners = {
  async 'workspace:created'(context, { workspaceId, userId }) {
    const id = newId();
    await insertConversation(context.tx, {
      id,
      workspace_id: workspaceId,
      kind: 'channel',
      visibility: 'public',
      name: FIRST_CHANNEL,
      topic: '',
      direct_key: null,
      auto_join: true,
      archived_at: null,
      created_by: userId,
      created_at: context.now,
      version: 1,
    });
    await addMembers(context, id, [{ userId, role: 'manager' }]);
  },

  async 'workspace:memberJoined'(context, { workspaceId, userId, role }) {
    if (isStaff(role)) await putIntoFirstChannel(context, workspaceId, userId);
  },

  async 'workspace:roleChanged'(context, { workspaceId, userId, role, previous }) {
    const ids = await conversationIdsOf(context.tx, userId, workspaceId);
    const conversations = await lockConversations(context.tx, ids);
    const unfit = conversations.filter((row) => !mayStayIn(row, userId, role));
    await leaveAll(context, userId, unfit);
    if (isAdmin(previous) && !isAdmin(role)) await ensureManager(context, ids);
    await announceCan(context, { conversationIds: ids, userId }, (now) => ({ ...now, workspaceRole: previous }));
    if (isStaff(role) && !isStaff(previous)) await putIntoFirstChannel(context, workspaceId, userId);
  },

  async 'workspace:memberRemoved'(context, { workspaceId, userId }) {
    const ids = await conversationIdsOf(context.tx, userId, workspaceId);
    await leaveAll(context, userId, await lockConversations(context.tx, ids));
  },

  async 'workspace:deleting'(context, { workspaceId, unfollow }) {
    const ids = await conversationIdsIn(context.tx, workspaceId);
    await lockConversations(context.tx, ids);
    for (const [userId, streams] of await removeConversations(context, ids)) unfollow(userId, streams);
  },
};
