import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Tables } from './tables.ts';
import type { Executor } from './transaction.ts';

/** One connection, for what only a driver can do. */
export type Connection = pg.PoolClient;

/** Runs the statements of stores on one connection, inside whatever transaction it is in. */
export function executorOf(client: Connection): Executor {
  // Whoever has lent it gives it back.
  const lent = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => lent, end: async () => undefined, options: {} };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
