import type { WorkspaceRole } from '@atrium/protocol';
import { problem, type Work } from '../../platform/module/index.ts';
import { addMember } from './membership.ts';
import { membershipOf } from './membership-store.ts';
import { lockWorkspace } from './store.ts';

/**
 * Adds a person to a workspace without further checks. A member keeps their role.
 * @returns false if they were already a member
 * @throws `not_found`, `conflict` if the workspace is full or they are in too many
 */
export async function admitToWorkspace(
  work: Work,
  workspaceId: string,
  newcomer: { userId: string; role: WorkspaceRole },
): Promise<boolean> {
  if ((await lockWorkspace(work.tx, workspaceId)) === undefined) throw problem('not_found');
  if ((await membershipOf(work.tx, workspaceId, newcomer.userId)) !== undefined) return false;
  await addMember(work, workspaceId, newcomer);
  return true;
}
