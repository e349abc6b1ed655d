import type { Executor } from '../../../platform/database/index.ts';
import type { UserActor } from '../../../platform/operations/actor.ts';
import { problem } from '../../../platform/operations/problem-error.ts';
import type { Keyring } from '../keys/keyring.ts';
import { findSignedIn } from './store.ts';

/**
 * Finds out who sends an access token. The session and the account are read fresh, so that what was revoked, disabled or
 * given another role counts from the next request on.
 * @throws `token_expired`, `invalid_token`
 */
export type Authenticator = (db: Executor, accessToken: string) => Promise<UserActor>;

export function createAuthenticator(deps: { keyring: Pick<Keyring, 'verify'> }): Authenticator {
  return async (db, accessToken) => {
    const access = await deps.keyring.verify(accessToken);
    const signedIn = await findSignedIn(db, access);
    if (signedIn === undefined) throw problem('invalid_token');
    const { userId, sessionId, expiresAt } = access;
    return { kind: 'user', userId, sessionId, expiresAt, ...signedIn };
  };
}
