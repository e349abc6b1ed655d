import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/**
 * Lets nobody else come by with the same key until the transaction ends: for what is looked for first and then made,
 * where a unique constraint would come too late to answer well.
 */
export async function lockKey(tx: Transaction, ...key: string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(key)}, 0))`.execute(tx);
}

/** The same for making an account with an e-mail address. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await lockKey(tx, 'address', email);
}
