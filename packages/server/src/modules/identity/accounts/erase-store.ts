import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { DELETED_WITH_ACCOUNT } from '../rows/lifecycle.ts';

/** Reduces an account to its id and a placeholder name for what it wrote; nobody can sign in to it again. */
export async function eraseAccount(tx: Transaction, id: string, name: string, now: Date): Promise<void> {
  for (const table of DELETED_WITH_ACCOUNT)
    await sql`delete from ${sql.table(table)} where account_id = ${id}`.execute(tx);
  await tx
    .updateTable('account')
    .set({
      email: null,
      email_verified_at: null,
      password_hash: null,
      name,
      username: null,
      avatar: null,
      role: 'user',
      timezone: 'UTC',
      locale: 'en',
      preferences: '{}',
      failed_sign_ins: 0,
      password_paused_at: null,
      token_version: sql<number>`token_version + 1`,
      version: sql<number>`version + 1`,
      disabled_at: now,
      deleted_at: now,
    })
    .where('id', '=', id)
    .execute();
}

/** The administrators of the instance, locked: they keep the role until the transaction ends. */
export async function lockAdmins(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Those of the accounts that are bots and not deleted yet. */
export async function botsAmong(db: Executor, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where('is_bot', '=', true)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
