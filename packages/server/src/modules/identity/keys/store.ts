import { type Generated, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { type IdentitySecrets, parseSecrets } from './secrets.ts';

interface IdentitySecretTable {
  only_row: Generated<boolean>;
  content: string;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    identity_secret: IdentitySecretTable;
  }
}

/** Reads the secrets from the database. Throws if they are damaged: they are never replaced silently. */
export async function storedSecrets(db: Executor): Promise<IdentitySecrets | undefined> {
  const row = await db.selectFrom('identity_secret').select('content').executeTakeFirst();
  if (row === undefined) return undefined;
  const parsed = parseSecrets(row.content);
  if (parsed === undefined) {
    throw new Error('Table identity_secret is damaged. Restore it, or empty it to sign everybody out.');
  }
  return parsed;
}

/** A number that no other advisory lock uses. */
const ROTATION_LOCK = 4_172_021;

/** @returns false if another node is rotating the keys */
export async function lockRotation(tx: Transaction): Promise<boolean> {
  const locked = sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${ROTATION_LOCK}) as locked`;
  return (await locked.execute(tx)).rows[0]?.locked === true;
}

/** Waits until no other node is rotating the keys. */
export async function waitForRotation(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ROTATION_LOCK})`.execute(tx);
}

/** Stores secrets, unless there are some already. */
export async function insertSecrets(db: Executor, secrets: IdentitySecrets): Promise<void> {
  await db
    .insertInto('identity_secret')
    .values({ content: JSON.stringify(secrets) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function updateSecrets(db: Executor, secrets: IdentitySecrets): Promise<void> {
  await db
    .updateTable('identity_secret')
    .set({ content: JSON.stringify(secrets) })
    .execute();
}
