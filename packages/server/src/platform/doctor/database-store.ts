import { sql } from 'kysely';
import type { Executor } from '../database/index.ts';

/** Properties of the database and of the user that Atrium connects as. */
export interface DatabaseFacts {
  version: string;
  major: number;
  /** A standby: nothing can be written. */
  isStandby: boolean;
  canCreateSchemas: boolean;
  canCreateTables: boolean;
  /** Tables owned by other users, which migrations cannot change. */
  foreignTables: number;
  connections: number;
  maxConnections: number;
  bytes: number;
}

export async function databaseFacts(db: Executor): Promise<DatabaseFacts> {
  const { rows } = await sql<Omit<DatabaseFacts, 'bytes'> & { bytes: string }>`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int / 10000 as major,
      pg_is_in_recovery() as "isStandby",
      has_database_privilege(current_database(), 'create') as "canCreateSchemas",
      has_schema_privilege('public', 'create') as "canCreateTables",
      (select count(*)::int from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace
        and not pg_has_role(relowner, 'usage')) as "foreignTables",
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as "maxConnections",
      pg_database_size(current_database())::text as bytes
  `.execute(db);
  const facts = rows[0];
  if (facts === undefined) throw new Error('The database did not answer.');
  return { ...facts, bytes: Number(facts.bytes) };
}

/** When the instance was created. */
export async function instanceSince(db: Executor): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select created_at as at from instance`.execute(db);
  return rows[0]?.at ?? new Date(0);
}
