import { moveCase } from '../cases/cases.ts';
import { addMembers, type ChatContext } from '../members/membership.ts';
import { lockConversations } from '../rows/conversation-store.ts';
import { atConversationLimit } from '../rows/member-store.ts';

/**
 * Puts someone who works in the workspace into a case, and the case into their hands if nobody has it. The caller holds
 * their membership. Where the case is archived, or they are in as many conversations as one may be, nothing happens.
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
