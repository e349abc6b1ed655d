import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/** Runs a part of a transaction in a savepoint: if it throws, the part is rolled back and the transaction continues. */
export async function within<Result>(tx: Transaction, part: () => Promise<Result>): Promise<Result> {
  await sql`savepoint part`.execute(tx);
  try {
    const result = await part();
    await sql`release savepoint part`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx);
    await sql`release savepoint part`.execute(tx);
    throw error;
  }
}
