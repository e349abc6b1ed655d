import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/**
 * Counts one more consecutive wrong password; at `pauseAt` password sign-in is paused.
 * @returns true if this one paused it
 */
export async function countWrongPassword(
  tx: Transaction,
  accountId: string,
  { pauseAt, now }: { pauseAt: number; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('account')
    .set({
      failed_sign_ins: sql<number>`failed_sign_ins + 1`,
      password_paused_at: sql<Date | null>`case when failed_sign_ins + 1 >= ${pauseAt} then ${now}::timestamptz end`,
    })
    .where('id', '=', accountId)
    .where('password_hash', 'is not', null)
    .where('password_paused_at', 'is', null)
    .returning('password_paused_at')
    .executeTakeFirst();
  return row !== undefined && row.password_paused_at !== null;
}

/** Allows password sign-in again and resets the count. */
export async function reopenSignIn(tx: Transaction, accountId: string): Promise<void> {
  await tx
    .updateTable('account')
    .set({ failed_sign_ins: 0, password_paused_at: null })
    .where('id', '=', accountId)
    .execute();
}

/** Sets a password. A reset link from the mailbox has also proved the address: `verifiedAt`. */
export async function setPassword(
  tx: Transaction,
  accountId: string,
  change: { hash: string; verifiedAt?: Date },
): Promise<void> {
  await tx
    .updateTable('account')
    .set({
      password_hash: change.hash,
      failed_sign_ins: 0,
      password_paused_at: null,
      ...(change.verifiedAt === undefined
        ? {}
        : { email_verified_at: change.verifiedAt, version: sql<number>`version + 1` }),
    })
    .where('id', '=', accountId)
    .execute();
}
