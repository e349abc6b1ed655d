import { createKeyring, type Keyring } from '../src/modules/identity/index.ts';
import { ACCESS_SECONDS } from '../src/modules/identity/keys/access-token.ts';
import { sessionExpiry } from '../src/modules/identity/sessions/policy.ts';
import { newRefreshToken } from '../src/modules/identity/sessions/refresh-token.ts';
import type { Database } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/new-id.ts';

/** The result of signing in. */
export interface TestSession {
  id: string;
  accessToken: string;
  refreshToken: string;
  /** When the access token expires. */
  expiresAt: Date;
}

/**
 * Signs people in without the previous steps, which few tests are about. It takes one statement instead of a dozen,
 * several hundred times in a run.
 * @param secrets the directory of the server's keys
 */
export function sessionOpener(database: Database, secrets: string) {
  let keyring: Promise<Keyring> | undefined;
  return async (userId: string, { verified }: { verified: boolean }): Promise<TestSession> => {
    keyring ??= createKeyring({ directory: secrets, clock: { now: () => new Date() } });
    const id = newId();
    const token = newRefreshToken();
    const now = new Date();
    await database.pool.query(
      `with verified as (update account set email_verified_at = now() where id = $2 and $7)
       insert into session (id, account_id, family_hash, token_hash, remember, device, ip, created_at, last_used_at, expires_at)
       values ($1, $2, $3, $4, false, 'test', '127.0.0.1', $5, $5, $6)`,
      [
        id,
        userId,
        token.familyHash,
        token.hash,
        now,
        sessionExpiry({ remember: false, createdAt: now }, now),
        verified,
      ],
    );
    const accessToken = await (await keyring).sign({ userId, sessionId: id, tokenVersion: 1 });
    return {
      id,
      accessToken,
      refreshToken: token.value,
      expiresAt: new Date(now.getTime() + ACCESS_SECONDS * 1000),
    };
  };
}
