import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../src/platform/database/index.ts';
import type { UserActor } from '../src/platform/module/index.ts';

/** A session of its own. */
export interface SignedIn {
  /** A call from it. */
  caller: UserActor;
  /** Ends it. */
  end(): Promise<unknown>;
}

/** Opens another session of somebody, without a password. */
export async function signedIn({ db }: Pick<Database, 'db'>, userId: string): Promise<SignedIn> {
  const sessionId = randomUUID();
  const expiresAt = new Date(Date.now() + 60_000);
  const [family, token] = [randomBytes(32), randomBytes(32)];
  await sql`
    insert into session (
      id, account_id, family_hash, token_hash, remember, device, ip, created_at, last_used_at, expires_at
    )
    values (${sessionId}, ${userId}, ${family}, ${token}, false, 'Test', '192.0.2.1', now(), now(), ${expiresAt})
  `.execute(db);
  return {
    caller: { kind: 'user', userId, sessionId, role: 'user', emailVerified: true, expiresAt },
    end: () =>
      sql`update session set revoked_at = now(), revoke_reason = 'sign_out' where id = ${sessionId}`.execute(db),
  };
}
