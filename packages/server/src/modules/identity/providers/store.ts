import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** A linked identity. */
export interface IdentityRow {
  id: string;
  account_id: string;
  issuer: string;
  subject: string;
  email: string | null;
  created_at: Date;
  last_used_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    identity: IdentityRow;
  }
}

/** A person at a provider. */
export interface Subject {
  issuer: string;
  subject: string;
}

export async function findIdentity(db: Executor, { issuer, subject }: Subject): Promise<IdentityRow | undefined> {
  return db
    .selectFrom('identity')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

/** The identities of an account, oldest first. */
export async function listIdentities(db: Executor, accountId: string): Promise<IdentityRow[]> {
  return db.selectFrom('identity').selectAll().where('account_id', '=', accountId).orderBy('id').execute();
}

/** Throws a unique violation of `identity_issuer_subject_key`. */
export async function insertIdentity(tx: Transaction, identity: IdentityRow): Promise<void> {
  await tx.insertInto('identity').values(identity).execute();
}

/** Records when an identity was used, and the address that the provider gave then. */
export async function touchIdentity(
  tx: Transaction,
  id: string,
  seen: Pick<IdentityRow, 'email' | 'last_used_at'>,
): Promise<void> {
  await tx.updateTable('identity').set(seen).where('id', '=', id).execute();
}

export async function deleteIdentity(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom('identity').where('id', '=', id).execute();
}

/** Unlinks all identities of an account. */
export async function deleteIdentities(tx: Transaction, accountId: string): Promise<void> {
  await tx.deleteFrom('identity').where('account_id', '=', accountId).execute();
}

/** Removes an account's password. */
export async function clearPassword(tx: Transaction, accountId: string): Promise<void> {
  await tx
    .updateTable('account')
    .set({ password_hash: null, failed_sign_ins: 0, password_paused_at: null })
    .where('id', '=', accountId)
    .execute();
}
