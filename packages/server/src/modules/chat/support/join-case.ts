import { moveCase } from '../cases/cases.ts';
import { addMembers, type ChatContext } from '../members/membership.ts';
import { lockConversations } from '../rows/conversation-store.ts';
import { atConversationLimit } from '../rows/member-store.ts';

/**
 * Adds a staff member to a case, and assigns it to them if it is unassigned. The caller has locked their membership.
 * Does nothing if the case is archived, or they are in the maximum number of conversations.
 */
export async function joinCase(context: ChatContext, conversationId: string, userId: string): Promise<void> {
  const { tx } = context;
  const [row] = await lockConversations(tx, [conversationId]);
  if (row === undefined || row.archived_at !== null) return;
  if ((await atConversationLimit(tx, [userId])).length > 0) return;
  await addMembers(context, conversationId, [{ userId, role: 'member' }]);
  if (row.support_status === 'unassigned') {
    await moveCase(context, row, { status: 'assigned', assigneeId: userId });
  }
}
