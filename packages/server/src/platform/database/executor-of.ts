import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Tables } from './tables.ts';
import type { Executor } from './transaction.ts';

/** One connection, for features of the driver that a pool cannot provide. */
export type Connection = pg.PoolClient;

/** Runs the statements of stores on one connection, inside its current transaction. */
export function executorOf(client: Connection): Executor {
  // The caller releases it.
  const lent = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => lent, end: async () => undefined, options: {} };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
