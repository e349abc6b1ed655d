import type { Transaction } from '../../platform/database/index.ts';
import { newCode } from './codes.ts';
import { changeSharedCode, deleteInvitesOf } from './join-code-store.ts';

/**
 * Ends what somebody could let people in by who may not any more: the invitations that they sent, and the shared code that
 * they know. Otherwise they would come in again themselves.
 */
export async function endGrants(
  tx: Transaction,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<void> {
  await deleteInvitesOf(tx, workspaceId, userId);
  await changeSharedCode(tx, workspaceId, newCode());
}
