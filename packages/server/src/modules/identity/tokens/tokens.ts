import type { ApiToken, OutputOf, Scope, tokens } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { problem, type RequestInfo, type Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import { lockAccount } from '../rows/account-store.ts';
import { type ApiTokenRow, deleteExpiredTokens, deleteTokens, insertToken, listTokens } from '../rows/token-store.ts';
import { announceRevoked } from '../sessions/revoke.ts';
import { newTokenSecret } from './secret.ts';

/** Maximum number of tokens per account. */
export const MAX_TOKENS = 50;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The part of a command context that creating and deleting tokens uses. */
export type TokenContext = Pick<Work, 'tx' | 'append' | 'now'> & {
  actor: { userId: string };
  request: RequestInfo;
};

export function presentToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  };
}

/**
 * Creates a token for an account: the caller's own, or a bot's.
 * @throws `conflict` if the account has the maximum number
 */
export async function issueToken(
  { tx, now, actor, request }: TokenContext,
  accountId: string,
  { name, scopes, expiresInDays }: { name: string; scopes: readonly Scope[]; expiresInDays: number },
): Promise<OutputOf<typeof tokens.create>> {
  // The lock makes parallel calls count one after the other.
  if ((await lockAccount(tx, accountId)) === undefined) throw problem('not_found');
  await deleteExpiredTokens(tx, accountId, now);
  if ((await listTokens(tx, accountId, now)).length >= MAX_TOKENS) {
    throw problem('conflict', `One account can have ${MAX_TOKENS} API tokens. Revoke one first.`);
  }
  const secret = newTokenSecret();
  const row = await insertToken(tx, {
    id: newId(),
    account_id: accountId,
    name,
    prefix: secret.prefix,
    token_hash: secret.hash,
    scopes: [...scopes],
    created_by: actor.userId === accountId ? null : actor.userId,
    created_at: now,
    expires_at: new Date(now.getTime() + expiresInDays * DAY_MS),
  });
  await recordAudit(
    tx,
    { request, now },
    {
      kind: 'api_token_created',
      actorId: actor.userId,
      targetId: accountId,
      details: { tokenId: row.id, name, scopes: scopes.join(' ') },
    },
  );
  return { ...presentToken(row), secret: secret.value };
}

/** The tokens of an account that have not expired, newest first. */
export async function tokensOf(db: Executor, accountId: string, now: Date): Promise<ApiToken[]> {
  return (await listTokens(db, accountId, now)).map(presentToken);
}

/** Revokes one token of an account, and closes its connections. Throws `not_found`. */
export async function endToken(context: TokenContext, accountId: string, tokenId: string): Promise<void> {
  const { tx, now, actor, request } = context;
  // Commands that were called with it have ended, or will find that it was revoked.
  await lockAccount(tx, accountId);
  const ended = await deleteTokens(tx, accountId, tokenId);
  if (ended.length === 0) throw problem('not_found');
  announceRevoked(context, accountId, ended);
  await recordAudit(
    tx,
    { request, now },
    { kind: 'api_token_revoked', actorId: actor.userId, targetId: accountId, details: { tokenId } },
  );
}
