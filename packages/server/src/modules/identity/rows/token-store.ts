import type { Scope } from '@atrium/protocol';
import { CompiledQuery, type Generated, type Insertable, type Selectable, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface ApiTokenTable {
  id: string;
  account_id: string;
  name: string;
  prefix: string;
  token_hash: Buffer;
  scopes: Scope[];
  created_by: string | null;
  created_at: Date;
  last_used_at: Generated<Date | null>;
  expires_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    api_token: ApiTokenTable;
  }
}

export type ApiTokenRow = Selectable<ApiTokenTable>;

/** The account that a token acts for, read on every call. */
export interface TokenHolder {
  tokenId: string;
  userId: string;
  scopes: Scope[];
  expiresAt: Date;
  role: 'user' | 'admin';
  emailVerified: boolean;
  isBot: boolean;
  /** Its last use was recorded at least a minute ago. */
  isStale: boolean;
}

/** Plain SQL, because it runs on every request with an API token. */
const FIND_HOLDER = `
  select t.id as "tokenId", t.account_id as "userId", t.scopes, t.expires_at as "expiresAt", a.role,
    a.is_bot or a.email_verified_at is not null as "emailVerified", a.is_bot as "isBot",
    coalesce(t.last_used_at < now() - interval '1 minute', true) as "isStale"
  from api_token t join account a on a.id = t.account_id
  where t.token_hash = $1 and t.expires_at > now() and a.disabled_at is null`;

/** undefined if there is no such token, or if it or its account is no longer valid. */
export async function findHolder(db: Executor, hash: Buffer): Promise<TokenHolder | undefined> {
  const { rows } = await db.executeQuery<TokenHolder>(CompiledQuery.raw(FIND_HOLDER, [hash]));
  return rows[0];
}

/** Records that a token was used now; of parallel uses, the first. */
export async function noteUse(db: Executor, tokenId: string): Promise<void> {
  await sql`
    update api_token set last_used_at = now()
    where id = ${tokenId} and coalesce(last_used_at < now() - interval '1 minute', true)
  `.execute(db);
}

export async function insertToken(tx: Transaction, token: Insertable<ApiTokenTable>): Promise<ApiTokenRow> {
  return tx.insertInto('api_token').values(token).returningAll().executeTakeFirstOrThrow();
}

/** The tokens of an account that have not expired, newest first. */
export async function listTokens(db: Executor, accountId: string, now: Date): Promise<ApiTokenRow[]> {
  return db
    .selectFrom('api_token')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .execute();
}

/** Deletes tokens of an account: the given one, or all. @returns their ids */
export async function deleteTokens(tx: Transaction, accountId: string, tokenId?: string): Promise<string[]> {
  const rows = await tx
    .deleteFrom('api_token')
    .where('account_id', '=', accountId)
    .$if(tokenId !== undefined, (query) => query.where('id', '=', String(tokenId)))
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Deletes the expired tokens of an account. */
export async function deleteExpiredTokens(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await tx.deleteFrom('api_token').where('account_id', '=', accountId).where('expires_at', '<=', now).execute();
}
