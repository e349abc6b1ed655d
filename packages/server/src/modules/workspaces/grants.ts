import type { Transaction } from '../../platform/database/index.ts';
import { newCode } from './codes.ts';
import { changeSharedCode, deleteInvitesOf } from './join-code-store.ts';

/**
 * Revokes what a person could invite others with after they lost that permission: their invitations, and the shared
 * code that they know. Otherwise they could come back themselves.
 */
export async function endGrants(
  tx: Transaction,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<void> {
  await deleteInvitesOf(tx, workspaceId, userId);
  await changeSharedCode(tx, workspaceId, newCode());
}
