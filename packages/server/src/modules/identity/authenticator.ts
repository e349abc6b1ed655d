import type { Executor } from '../../platform/database/index.ts';
import { problem, type UserActor } from '../../platform/module/index.ts';
import type { Keyring } from './keys/keyring.ts';
import { findHolder, noteUse } from './rows/token-store.ts';
import { findSignedIn } from './sessions/store.ts';
import { isApiToken, tokenHash } from './tokens/secret.ts';

/**
 * Resolves an access token or API token to its user. Session and account are read on every call, so a revocation, a
 * disabled account or a changed role takes effect with the next request.
 * @throws `token_expired`, `invalid_token`
 */
export type Authenticator = (db: Executor, accessToken: string) => Promise<UserActor>;

export function createAuthenticator(deps: { keyring: Pick<Keyring, 'verify'> }): Authenticator {
  return async (db, accessToken) => {
    if (isApiToken(accessToken)) return holderOf(db, accessToken);
    const access = await deps.keyring.verify(accessToken);
    const signedIn = await findSignedIn(db, access);
    if (signedIn === undefined) throw problem('invalid_token');
    const { userId, sessionId, expiresAt } = access;
    return { kind: 'user', userId, sessionId, expiresAt, ...signedIn };
  };
}

/** Throws `invalid_token` for every kind of invalid token. */
async function holderOf(db: Executor, apiToken: string): Promise<UserActor> {
  const holder = await findHolder(db, tokenHash(apiToken));
  if (holder === undefined) throw problem('invalid_token');
  const { userId, tokenId, scopes, expiresAt, role, emailVerified } = holder;
  if (holder.isStale) await noteUse(db, tokenId);
  const actor = { kind: 'user', userId, sessionId: tokenId, scopes, expiresAt, role, emailVerified } as const;
  return holder.isBot ? { ...actor, isBot: true } : actor;
}
