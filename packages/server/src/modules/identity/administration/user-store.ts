import type { AdminUser } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';

/** An account with the fields for administrators. */
export interface AdminUserRow {
  id: string;
  name: string;
  username: string | null;
  avatar: string | null;
  is_bot: boolean;
  email: string | null;
  email_verified_at: Date | null;
  role: AdminUser['role'];
  created_at: Date;
  disabled_at: Date | null;
  last_used_at: Date | null;
  sessions: number;
  two_factor: boolean;
  workspaces: number;
}

export interface AdminUserFilters {
  /** Part of a name, a username or an address. */
  q?: string | undefined;
  role?: AdminUser['role'] | undefined;
  status?: 'active' | 'disabled' | 'unverified' | undefined;
  bots: boolean;
}

const STATUS = {
  active: sql`a.disabled_at is null`,
  disabled: sql`a.disabled_at is not null`,
  unverified: sql`a.email_verified_at is null and not a.is_bot`,
};

/**
 * A page of accounts, newest first. It scans all of them: an instance has few enough, and only its administrators call
 * it.
 */
export async function listAdminUsers(
  db: Executor,
  { q, role, status, bots }: AdminUserFilters,
  { after, limit }: IdPage,
): Promise<AdminUserRow[]> {
  const wanted = q?.toLowerCase() ?? null;
  return select(
    db,
    sql`a.deleted_at is null
      and (${wanted}::text is null or position(${wanted} in lower(a.name)) > 0
        or position(${wanted} in a.username) > 0 or position(${wanted} in a.email) > 0)
      and (${role ?? null}::text is null or a.role = ${role ?? null})
      and (${bots} or not a.is_bot)
      and (${after ?? null}::uuid is null or a.id < ${after ?? null}::uuid)
      and ${status === undefined ? sql`true` : STATUS[status]}
      order by a.id desc limit ${limit}`,
  );
}

export async function findAdminUser(db: Executor, id: string): Promise<AdminUserRow | undefined> {
  const [row] = await select(db, sql`a.id = ${id} and a.deleted_at is null`);
  return row;
}

async function select(db: Executor, where: ReturnType<typeof sql>): Promise<AdminUserRow[]> {
  const { rows } = await sql<AdminUserRow>`
    select a.id, a.name, a.username, a.avatar, a.is_bot, a.email, a.email_verified_at, a.role, a.created_at,
      a.disabled_at, s.last_used_at, s.sessions, coalesce(f.enabled, false) as two_factor, w.workspaces
    from account a
    cross join lateral (
      select max(last_used_at) as last_used_at,
        (count(*) filter (where revoked_at is null and expires_at > now()))::int as sessions
      from session where account_id = a.id
    ) s
    left join lateral (
      select totp_enabled_at is not null or email_enabled_at is not null as enabled
      from two_factor where account_id = a.id
    ) f on true
    cross join lateral (
      select count(*)::int as workspaces from workspace_member m where m.account_id = a.id
    ) w
    where ${where}
  `.execute(db);
  return rows;
}

export async function setRole(tx: Transaction, id: string, role: AdminUser['role']): Promise<void> {
  await tx.updateTable('account').set({ role, version: sql<number>`version + 1` }).where('id', '=', id).execute();
}

export async function setDisabled(tx: Transaction, id: string, at: Date | null): Promise<void> {
  await tx.updateTable('account').set({ disabled_at: at }).where('id', '=', id).execute();
}

/** Administrators of the instance who can sign in. */
export async function administratorIds(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from account where role = 'admin' and disabled_at is null and deleted_at is null order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The number of administrators who can sign in. */
export async function countAdmins(db: Executor): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from account where role = 'admin' and disabled_at is null
  `.execute(db);
  return rows[0]?.count ?? 0;
}
