import type { Generated } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { type IdentitySecrets, parseSecrets } from './secrets.ts';

interface IdentitySecretTable {
  only_row: Generated<boolean>;
  content: string;
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    identity_secret: IdentitySecretTable;
  }
}

/** The secrets that the database keeps. Broken ones throw: they are never replaced silently. */
export async function storedSecrets(db: Executor): Promise<IdentitySecrets | undefined> {
  const row = await db.selectFrom('identity_secret').select('content').executeTakeFirst();
  if (row === undefined) return undefined;
  const parsed = parseSecrets(row.content);
  if (parsed === undefined) {
    throw new Error('Table identity_secret is damaged. Restore it, or empty it to sign everybody out.');
  }
  return parsed;
}

/** Keeps secrets, unless there are some already. */
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
