import type pg from 'pg';
import { type Connection, executorOf } from './executor-of.ts';
import { holdObjects } from './object-hold.ts';
import type { Transaction } from './transaction.ts';
import { withoutTimeouts } from './without-timeouts.ts';

/**
 * Reads what was so at one moment, however long it takes, while others go on writing. Objects of which the rows are
 * deleted meanwhile are kept until it is done.
 * @param work gets a transaction that cannot write, and its connection
 */
export function atOneMoment<Result>(
  pool: pg.Pool,
  work: (tx: Transaction, client: Connection) => Promise<Result>,
): Promise<Result> {
  return withoutTimeouts(pool, async (client) => {
    await client.query('set idle_in_transaction_session_timeout = 0');
    // Before the snapshot: whatever it shows is still there, and stays.
    await holdObjects(client);
    await client.query('begin isolation level repeatable read read only');
    const result = await work(executorOf(client) as Transaction, client);
    await client.query('commit');
    return result;
  });
}
