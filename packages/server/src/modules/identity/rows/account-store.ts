import type { Preferences } from '@atrium/protocol';
import { type ColumnType, type Generated, type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface AccountTable {
  id: string;
  /** null for a bot or a deleted account. Neither gets mail, or is shown its address. */
  email: ColumnType<string, string | null, string | null>;
  email_verified_at: Generated<Date | null>;
  /** null if the account signs in by other means. */
  password_hash: string | null;
  name: string;
  username: string | null;
  avatar: Generated<string | null>;
  role: 'user' | 'admin';
  timezone: Generated<string>;
  locale: Generated<string>;
  preferences: ColumnType<Partial<Preferences>, string | undefined, string>;
  token_version: Generated<number>;
  version: Generated<number>;
  disabled_at: Generated<Date | null>;
  /** Consecutive wrong passwords. */
  failed_sign_ins: Generated<number>;
  /** When password sign-in was paused. */
  password_paused_at: Generated<Date | null>;
  is_bot: Generated<boolean>;
  deleted_at: Generated<Date | null>;
  created_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    account: AccountTable;
  }
}

export type AccountRow = Selectable<AccountTable>;

/** Selects the id of somebody. */
export function ownId(userId: string): RawBuilder<{ id: string }> {
  return sql`select ${userId}::uuid as id`;
}

/** Selects `id` for administrators of the instance, and nothing for anybody else. */
export function idForAdmins(userId: string, id: string): RawBuilder<{ id: string }> {
  return sql`
    select ${id}::uuid as id from account where id = ${userId} and role = 'admin' and disabled_at is null
  `;
}

export async function findAccount(db: Executor, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findAccounts(db: Executor, ids: readonly string[]): Promise<AccountRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('account')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** What others may see of people, and their preferences. */
export async function findProfiles(
  db: Executor,
  ids: readonly string[],
): Promise<Pick<AccountRow, 'id' | 'name' | 'username' | 'avatar' | 'is_bot' | 'preferences'>[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('account')
    .select(['id', 'name', 'username', 'avatar', 'is_bot', 'preferences'])
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** Ids by username; usernames without an account are missing. */
export async function findIdsByUsername(db: Executor, usernames: readonly string[]): Promise<Map<string, string>> {
  if (usernames.length === 0) return new Map();
  const rows = await db
    .selectFrom('account')
    .select(['id', 'username'])
    .where('username', '=', sql<string>`any(${[...usernames]}::text[])`)
    .execute();
  return new Map(rows.map(({ id, username }) => [String(username), id]));
}

export async function findAccountByEmail(db: Executor, email: string): Promise<AccountRow | undefined> {
  return db.selectFrom('account').selectAll().where('email', '=', email).executeTakeFirst();
}

/**
 * Locks the account until the transaction ends, also against being added to something: a transaction that adds the
 * person waits and then sees the change. Undefined if the account was deleted in the meantime.
 */
export async function lockAccount(tx: Transaction, id: string): Promise<AccountRow | undefined> {
  return tx
    .selectFrom('account')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Keeps the public profiles of these people unchanged until the transaction ends. */
export async function holdAccounts(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`select from account where id = any(${ids}::uuid[]) order by id for share`.execute(tx);
}

/** Keeps the administrator role of an account until the transaction ends. @returns false if it does not have it */
export async function holdAdmin(tx: Transaction, id: string): Promise<boolean> {
  const held = await tx
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return held !== undefined;
}

/** Keeps an account from being deleted until the transaction ends. */
export async function holdAccount(tx: Transaction, id: string): Promise<AccountRow | undefined> {
  return tx
    .selectFrom('account')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forKeyShare()
    .executeTakeFirst();
}

/** Returns the accounts that are not deleted, and keeps them from being deleted until the transaction ends. */
export async function holdExisting(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from account where id = any(${ids}::uuid[]) and deleted_at is null order by id for key share
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** Throws a unique violation of `account_email_key` or `account_username_key`. */
export async function insertAccount(
  tx: Transaction,
  account: Pick<
    Insertable<AccountTable>,
    'id' | 'email' | 'name' | 'username' | 'password_hash' | 'role' | 'created_at'
  > &
    Pick<Insertable<AccountTable>, 'email_verified_at' | 'is_bot' | 'locale' | 'timezone'>,
): Promise<AccountRow> {
  return tx.insertInto('account').values(account).returningAll().executeTakeFirstOrThrow();
}

/** The fields that people can change of their account. */
export type AccountChange = Partial<
  Pick<AccountRow, 'name' | 'username' | 'avatar' | 'timezone' | 'locale'> & { preferences: Preferences }
>;

/** Throws a unique violation of `account_username_key`. */
export async function updateAccount(tx: Transaction, id: string, change: AccountChange): Promise<AccountRow> {
  const { preferences, ...columns } = change;
  return tx
    .updateTable('account')
    .set({
      ...columns,
      ...(preferences === undefined ? {} : { preferences: JSON.stringify(preferences) }),
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether an account was made for its owner, who has not taken it over: nobody can sign in to it yet. */
export function isUnclaimed(account: Pick<AccountRow, 'email_verified_at' | 'password_hash'>): boolean {
  return account.email_verified_at === null && account.password_hash === null;
}

export async function markEmailVerified(tx: Transaction, id: string, now: Date): Promise<AccountRow> {
  return tx
    .updateTable('account')
    .set({ email_verified_at: now, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updatePasswordHash(tx: Transaction, id: string, hash: string): Promise<void> {
  await tx.updateTable('account').set({ password_hash: hash }).where('id', '=', id).execute();
}

/** Invalidates every access token that was signed before. */
export async function raiseTokenVersion(tx: Transaction, id: string): Promise<void> {
  await tx.updateTable('account').set({ token_version: sql<number>`token_version + 1` }).where('id', '=', id).execute();
}

/** Ids of people, page by page, without bots and deleted accounts. */
export async function peopleIds(
  db: Executor,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from account
    where not is_bot and deleted_at is null and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}
