import { type Generated, type Insertable, type Selectable, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface SignInChallengeTable {
  id_hash: Buffer;
  account_id: string;
  transport: 'token' | 'cookie';
  remember: boolean;
  tries: Generated<number>;
  code_hash: Buffer | null;
  code_sent_at: Date | null;
  created_at: Date;
  expires_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    sign_in_challenge: SignInChallengeTable;
  }
}

export type ChallengeRow = Selectable<SignInChallengeTable>;

export async function insertChallenge(tx: Transaction, challenge: Insertable<SignInChallengeTable>): Promise<void> {
  await tx.insertInto('sign_in_challenge').values(challenge).execute();
}

/** The account of a challenge, so that it can be locked first. */
export async function challengeAccount(db: Executor, idHash: Buffer): Promise<string | undefined> {
  const row = await db
    .selectFrom('sign_in_challenge')
    .select('account_id')
    .where('id_hash', '=', idHash)
    .executeTakeFirst();
  return row?.account_id;
}

/** A pending challenge, locked until the transaction ends. */
export async function lockChallenge(tx: Transaction, idHash: Buffer, now: Date): Promise<ChallengeRow | undefined> {
  return tx
    .selectFrom('sign_in_challenge')
    .selectAll()
    .where('id_hash', '=', idHash)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

export async function countChallengeTry(tx: Transaction, idHash: Buffer): Promise<void> {
  await tx
    .updateTable('sign_in_challenge')
    .set({ tries: sql<number>`tries + 1` })
    .where('id_hash', '=', idHash)
    .execute();
}

export async function setChallengeCode(
  tx: Transaction,
  idHash: Buffer,
  code: { codeHash: Buffer; now: Date },
): Promise<void> {
  await tx
    .updateTable('sign_in_challenge')
    .set({ code_hash: code.codeHash, code_sent_at: code.now })
    .where('id_hash', '=', idHash)
    .execute();
}

/** Deletes the pending challenges of an account. */
export async function deleteChallenges(tx: Transaction, accountId: string): Promise<void> {
  await tx.deleteFrom('sign_in_challenge').where('account_id', '=', accountId).execute();
}

export async function deleteChallenge(tx: Transaction, idHash: Buffer): Promise<void> {
  await tx.deleteFrom('sign_in_challenge').where('id_hash', '=', idHash).execute();
}

/** Deletes challenges that expired before `before`. */
export async function pruneChallenges(db: Executor, before: Date): Promise<void> {
  await db.deleteFrom('sign_in_challenge').where('expires_at', '<', before).execute();
}
