import { CompiledQuery, type Generated, type Insertable, type Selectable } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { RefreshState } from './policy.ts';

export type RevokeReason =
  | 'sign_out'
  | 'sign_out_all'
  | 'revoked'
  | 'token_reused'
  | 'too_many'
  | 'password_changed'
  | 'deleted';

interface SessionTable {
  id: string;
  account_id: string;
  family_hash: Buffer;
  token_hash: Buffer;
  previous_hash: Generated<Buffer | null>;
  sealed_token: Generated<Buffer | null>;
  rotated_at: Generated<Date | null>;
  remember: boolean;
  device: string;
  ip: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  revoked_at: Generated<Date | null>;
  revoke_reason: Generated<RevokeReason | null>;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    session: SessionTable;
  }
}

export type SessionRow = Selectable<SessionTable>;

/** The session and account of a token, read on every call. */
export interface SignedIn {
  role: 'user' | 'admin';
  emailVerified: boolean;
}

/** Plain SQL: it runs on every request, and building the query each time would take longer than sending it. */
const FIND_SIGNED_IN = `
  select account.role, account.email_verified_at is not null as "emailVerified"
  from session join account on account.id = session.account_id
  where session.id = $1 and session.account_id = $2 and account.token_version = $3
    and session.revoked_at is null and session.expires_at > now() and account.disabled_at is null`;

/** One query by primary keys. undefined if the session or the account is no longer valid. */
export async function findSignedIn(
  db: Executor,
  claims: { userId: string; sessionId: string; tokenVersion: number },
): Promise<SignedIn | undefined> {
  const parameters = [claims.sessionId, claims.userId, claims.tokenVersion];
  const { rows } = await db.executeQuery<SignedIn>(CompiledQuery.raw(FIND_SIGNED_IN, parameters));
  return rows[0];
}

export async function insertSession(tx: Transaction, session: Insertable<SessionTable>): Promise<void> {
  await tx.insertInto('session').values(session).execute();
}

/** The session of a refresh token's family, locked until the transaction ends: one exchange at a time. */
export interface Family extends RefreshState {
  sessionId: string;
  accountId: string;
  sealedToken: Buffer | null;
  device: string;
  remember: boolean;
  createdAt: Date;
}

export async function lockFamily(tx: Transaction, familyHash: Buffer): Promise<Family | undefined> {
  const row = await tx
    .selectFrom('session')
    .selectAll()
    .where('family_hash', '=', familyHash)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      sessionId: row.id,
      accountId: row.account_id,
      tokenHash: row.token_hash,
      previousHash: row.previous_hash,
      sealedToken: row.sealed_token,
      rotatedAt: row.rotated_at,
      device: row.device,
      remember: row.remember,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
    }
  );
}

export async function rotateToken(
  tx: Transaction,
  sessionId: string,
  change: {
    tokenHash: Buffer;
    previousHash: Buffer;
    sealedToken: Buffer;
    device: string;
    ip: string;
    now: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await tx
    .updateTable('session')
    .set({
      token_hash: change.tokenHash,
      previous_hash: change.previousHash,
      sealed_token: change.sealedToken,
      rotated_at: change.now,
      device: change.device,
      ip: change.ip,
      last_used_at: change.now,
      expires_at: change.expiresAt,
    })
    .where('id', '=', sessionId)
    .execute();
}

/** When this session was opened; undefined if there is none. */
export async function signedInAt(db: Executor, sessionId: string): Promise<Date | undefined> {
  const row = await db.selectFrom('session').select('created_at').where('id', '=', sessionId).executeTakeFirst();
  return row?.created_at;
}

/** The IP addresses that an account signed in from, as far as its sessions are kept. */
export async function sessionAddresses(db: Executor, accountId: string): Promise<string[]> {
  const rows = await db.selectFrom('session').select('ip').distinct().where('account_id', '=', accountId).execute();
  return rows.map(({ ip }) => ip);
}

/** True if a session of an account has not ended. */
export async function isLive(
  db: Executor,
  which: { accountId: string; sessionId: string },
  now: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom('session')
    .select('id')
    .where('id', '=', which.sessionId)
    .where('account_id', '=', which.accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Live sessions of an account, the last used first. */
export async function listSessions(db: Executor, accountId: string, now: Date, limit: number): Promise<SessionRow[]> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Ends live sessions of an account: the given one, all but one, or all. Returns the ids of those that were live. */
export async function revokeSessions(
  tx: Transaction,
  which: { accountId: string; sessionId?: string; except?: string },
  reason: RevokeReason,
  now: Date,
): Promise<string[]> {
  const rows = await tx
    .updateTable('session')
    .set({ revoked_at: now, revoke_reason: reason })
    .where('account_id', '=', which.accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .$if(which.sessionId !== undefined, (query) => query.where('id', '=', String(which.sessionId)))
    .$if(which.except !== undefined, (query) => query.where('id', '!=', String(which.except)))
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Ends live sessions beyond `keep`, those unused the longest first. Returns their ids. */
export async function revokeBeyond(tx: Transaction, accountId: string, keep: number, now: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('session')
    .set({ revoked_at: now, revoke_reason: 'too_many' })
    .where('id', 'in', (query) =>
      query
        .selectFrom('session')
        .select('id')
        .where('account_id', '=', accountId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('last_used_at', 'desc')
        .orderBy('id', 'desc')
        .offset(keep),
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Deletes sessions of an account that ended before `before`. */
export async function deleteEndedSessions(tx: Transaction, accountId: string, before: Date): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .where((where) => where.or([where('revoked_at', '<', before), where('expires_at', '<', before)]))
    .execute();
}
