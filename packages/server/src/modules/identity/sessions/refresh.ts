import type { Operation } from '@atrium/protocol';
import { type CommandContext, CommittedProblem, problem } from '../../../platform/module/index.ts';
import { clientOf } from '../audit/client.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { mailTokenReused } from '../mails/token-reused.ts';
import { type AccountRow, findAccount } from '../rows/account-store.ts';
import { type IssuedTokens, issueTokens } from './issue.ts';
import { refreshDecision, sessionExpiry } from './policy.ts';
import { openSuccessor, parseRefreshToken, type RefreshToken, sealSuccessor, successorOf } from './refresh-token.ts';
import { announceRevoked } from './revoke.ts';
import { type Family, lockFamily, revokeSessions, rotateToken } from './store.ts';

/** The part of the command context that exchanging a refresh token uses. */
export type RefreshContext = Pick<CommandContext<Operation>, 'tx' | 'append' | 'enqueue' | 'now' | 'request'>;

/** Dependencies of exchanging a refresh token. */
export interface RefreshDeps {
  keyring: Pick<Keyring, 'sign'>;
  /** URL of the app, for the mail about a reused token. */
  appUrl: string;
}

/**
 * Exchanges a refresh token for a new pair, inside the transaction of `context`.
 * @throws `invalid_token`; for a replaced token as a CommittedProblem, because the session must stay ended
 */
export async function tradeRefreshToken(
  deps: RefreshDeps,
  context: RefreshContext,
  value: string,
): Promise<IssuedTokens> {
  const { tx, now } = context;
  const token = parseRefreshToken(value);
  const family = token && (await lockFamily(tx, token.familyHash));
  const account = family && (await findAccount(tx, family.accountId));
  if (token === undefined || family === undefined || account === undefined || account.disabled_at !== null) {
    throw problem('invalid_token');
  }
  const decision = refreshDecision(family, token.hash, now);
  switch (decision) {
    case 'ended':
      throw problem('invalid_token');
    case 'reused':
      await endFamily(deps, context, { family, account });
      throw new CommittedProblem('invalid_token');
    case 'repeat':
      return issue(deps, context, {
        family,
        account,
        token: sealedSuccessor(token, family),
        until: family.expiresAt,
      });
    case 'rotate': {
      const successor = successorOf(token);
      const until = sessionExpiry(family, now);
      await rotateToken(tx, family.sessionId, {
        tokenHash: successor.hash,
        previousHash: token.hash,
        sealedToken: sealSuccessor(token, successor),
        ...clientOf(context.request),
        now,
        expiresAt: until,
      });
      return issue(deps, context, { family, account, token: successor, until });
    }
  }
}

function sealedSuccessor(token: RefreshToken, family: Family): RefreshToken {
  if (family.sealedToken === null) throw new Error('A rotated session has no sealed token.');
  return openSuccessor(token, family.sealedToken);
}

function issue(
  deps: RefreshDeps,
  context: RefreshContext,
  granted: { family: Family; account: AccountRow; token: RefreshToken; until: Date },
): Promise<IssuedTokens> {
  const { family, account, token, until } = granted;
  const session = { userId: account.id, sessionId: family.sessionId, tokenVersion: account.token_version };
  return issueTokens(deps.keyring, { ...session, refreshToken: token.value, expiresAt: until }, context.now);
}

/**
 * Another person has a copy of this session's tokens, and it is unknown who the owner is: the session ends for both.
 */
async function endFamily(
  deps: RefreshDeps,
  context: RefreshContext,
  { family, account }: { family: Family; account: AccountRow },
): Promise<void> {
  const { tx, now } = context;
  const which = { accountId: family.accountId, sessionId: family.sessionId };
  announceRevoked(context, family.accountId, await revokeSessions(tx, which, 'token_reused', now));
  await recordAudit(tx, context, {
    kind: 'refresh_token_reused',
    actorId: null,
    targetId: family.accountId,
    details: { sessionId: family.sessionId },
  });
  await mailTokenReused(context, deps.appUrl, account, family.device);
}
