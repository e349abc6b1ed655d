import type { Operation } from '@atrium/protocol';
import type { CommandContext } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import { deleteLinks } from '../mails/link-store.ts';
import { type AccountRow, markEmailVerified } from '../rows/account-store.ts';
import { deleteChallenges } from '../rows/challenge-store.ts';
import { deleteTokens } from '../rows/token-store.ts';
import { endAllSessions } from '../sessions/revoke.ts';
import { deleteTwoFactor } from '../two-factor/store.ts';
import { clearPassword, deleteIdentities } from './store.ts';

/**
 * Gives an account with an unverified address to the person who has now verified it. Revokes every credential of
 * its creator, who may be another person. The account must be locked.
 * @returns the account after the change
 */
export async function reclaimAccount(
  context: Pick<CommandContext<Operation>, 'tx' | 'now' | 'append' | 'request'>,
  { id }: Pick<AccountRow, 'id'>,
): Promise<AccountRow> {
  const { tx, now } = context;
  await clearPassword(tx, id);
  await deleteIdentities(tx, id);
  await deleteTwoFactor(tx, id);
  await deleteChallenges(tx, id);
  await deleteLinks(tx, id);
  await endAllSessions(context, id, 'revoked', await deleteTokens(tx, id));
  await recordAudit(tx, context, { kind: 'account_reclaimed', actorId: null, targetId: id });
  const account = await markEmailVerified(tx, id, now);
  context.append(`user:${id}`, 'me:updated', { userId: id });
  return account;
}
