import type { Transaction } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { adminIdsOf } from '../../workspaces/index.ts';
import { announceCase } from '../cases/cases.ts';
import { openCasesOf } from '../cases/store.ts';
import { insertConversation } from '../rows/conversation-store.ts';
import { atConversationLimit, type NewMember } from '../rows/member-store.ts';
import { addMembers } from './membership.ts';

/** The managers of a new case: admins of the workspace, unless they are in the maximum number of conversations. */
export async function caseManagers(tx: Transaction, workspaceId: string): Promise<NewMember[]> {
  const admins = await adminIdsOf(tx, workspaceId);
  const full = new Set(await atConversationLimit(tx, admins));
  return admins.filter((id) => !full.has(id)).map((userId) => ({ userId, role: 'manager' }));
}

async function openCase(work: Work, workspaceId: string, buyerId: string, managers: readonly NewMember[]) {
  const id = newId();
  await insertConversation(work.tx, {
    id,
    workspace_id: workspaceId,
    kind: 'support',
    visibility: 'private',
    name: null,
    topic: '',
    direct_key: null,
    auto_join: false,
    archived_at: null,
    created_by: buyerId,
    created_at: work.now,
    version: 1,
    support_status: 'unassigned',
    customer_id: buyerId,
  });
  const others = managers.filter(({ userId }) => userId !== buyerId);
  await addMembers(work, id, [{ userId: buyerId, role: 'member' }, ...others]);
  announceCase(work, { id, workspaceId });
  return id;
}

/**
 * The open case of each of these people in a workspace; a new one is created if there is none. The caller has locked
 * their memberships.
 * @returns by person; without people who are in the maximum number of conversations
 */
export async function casesFor(
  work: Work,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const { tx } = work;
  const cases = await openCasesOf(tx, workspaceId, userIds);
  const without = userIds.filter((id) => !cases.has(id));
  if (without.length === 0) return cases;
  const full = new Set(await atConversationLimit(tx, without));
  const managers = await caseManagers(tx, workspaceId);
  for (const userId of without.filter((id) => !full.has(id))) {
    cases.set(userId, await openCase(work.as(userId), workspaceId, userId, managers));
  }
  return cases;
}
