import pg from 'pg';
import { inject } from 'vitest';

/** A database that is down for a while: its connections are closed, and new ones are refused. */
export interface DatabaseOutage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** @param databaseUrl a database of the test cluster */
export function databaseOutage(databaseUrl: string): DatabaseOutage {
  const name = new URL(databaseUrl).pathname.slice(1);
  const asAdmin = async (...statements: string[]) => {
    const admin = new pg.Client({ connectionString: inject('clusterUrl') });
    await admin.connect();
    try {
      for (const statement of statements) await admin.query(statement);
    } finally {
      await admin.end();
    }
  };
  return {
    begin: () =>
      asAdmin(
        `alter database ${name} allow_connections false`,
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${name}'`,
      ),
    end: () => asAdmin(`alter database ${name} allow_connections true`),
  };
}
