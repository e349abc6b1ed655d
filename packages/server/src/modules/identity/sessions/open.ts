import type { Operation } from '@atrium/protocol';
import type { CommandContext } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { clientOf } from '../audit/client.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { type IssuedTokens, issueTokens } from './issue.ts';
import { MAX_SESSIONS, sessionExpiry } from './policy.ts';
import { newRefreshToken } from './refresh-token.ts';
import { announceRevoked } from './revoke.ts';
import { deleteEndedSessions, insertSession, revokeBeyond } from './store.ts';

/** Ended sessions are kept this long, so that late use of their tokens is still recognized. */
const KEEP_ENDED_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Opens a session on the device of the caller. All proofs have been checked; the account is locked.
 * @param details for the audit log
 */
export async function openSession(
  context: Pick<CommandContext<Operation>, 'tx' | 'now' | 'append' | 'request'>,
  keyring: Pick<Keyring, 'sign'>,
  account: AccountRow,
  remember: boolean,
  details: Record<string, string> = {},
): Promise<IssuedTokens> {
  const { tx, now } = context;
  const sessionId = newId();
  const token = newRefreshToken();
  const expiresAt = sessionExpiry({ remember, createdAt: now }, now);
  await deleteEndedSessions(tx, account.id, new Date(now.getTime() - KEEP_ENDED_MS));
  announceRevoked(context, account.id, await revokeBeyond(tx, account.id, MAX_SESSIONS - 1, now));
  await insertSession(tx, {
    id: sessionId,
    account_id: account.id,
    family_hash: token.familyHash,
    token_hash: token.hash,
    remember,
    ...clientOf(context.request),
    created_at: now,
    last_used_at: now,
    expires_at: expiresAt,
  });
  await recordAudit(tx, context, { kind: 'sign_in', actorId: account.id, targetId: sessionId, details });
  const session = { userId: account.id, sessionId, tokenVersion: account.token_version };
  return issueTokens(keyring, { ...session, refreshToken: token.value, expiresAt }, now);
}
