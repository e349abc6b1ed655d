import type { Clock } from '../clock/index.ts';
import { type Database, MigrationError, schemaState } from '../database/index.ts';
import { type Finding, failed, ok, warning } from './check.ts';
import { databaseFacts } from './database-store.ts';
import { readableBytes } from './readable-bytes.ts';

/** Connections of one node: its pool, jobs and monitor. */
const CONNECTIONS_PER_NODE = 25;
const OLDEST_MAJOR = 15;
const CLOCK_WARNING_MS = 2_000;
const CLOCK_FAILED_MS = 30_000;

/**
 * Checks the version, privileges and connections.
 * @param wanted the number of connections that should be free
 */
export async function checkDatabase({ db }: Pick<Database, 'db'>, wanted = CONNECTIONS_PER_NODE): Promise<Finding> {
  const facts = await databaseFacts(db);
  const { connections, maxConnections } = facts;
  const about = `PostgreSQL ${facts.version}, ${readableBytes(facts.bytes)}, ${connections} of ${maxConnections} connections`;
  if (facts.major < OLDEST_MAJOR) return failed(`${about}.`, `Use PostgreSQL ${OLDEST_MAJOR} or newer.`);
  if (facts.isStandby) {
    return failed(`${about}. It is a standby, which cannot be written to.`, 'Let DATABASE_URL name the primary.');
  }
  if (!facts.canCreateTables) {
    return failed(
      `${about}. The user may not create tables in the schema public.`,
      'As its owner: grant create on schema public to the user of DATABASE_URL.',
    );
  }
  if (!facts.canCreateSchemas) {
    return failed(
      `${about}. The user may not create schemas, which the job queue needs.`,
      'As its owner: grant create on database … to the user of DATABASE_URL.',
    );
  }
  if (facts.foreignTables > 0) {
    return failed(
      `${about}. ${facts.foreignTables} tables belong to another user, so that no migration can change them.`,
      'Give them to the user of DATABASE_URL: reassign owned by … to ….',
    );
  }
  if (maxConnections - connections < wanted) {
    return warning(
      `${about}. One node opens up to ${wanted}.`,
      'Raise max_connections, or run fewer nodes and other programs on it.',
    );
  }
  return ok(`${about}.`);
}

/** Checks that the schema matches this version. */
export async function checkMigrations(database: Pick<Database, 'pool'>): Promise<Finding> {
  try {
    const { applied, pending } = await schemaState(database);
    if (pending.length === 0) return ok(`All ${applied.length} migrations are applied.`);
    const some = pending.slice(0, 3).join(', ');
    return warning(
      `${pending.length} ${pending.length === 1 ? 'migration is' : 'migrations are'} pending: ${some}${pending.length > 3 ? ', …' : ''}.`,
      'Start the server, or run "atrium migrate".',
    );
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return failed(error.message, 'Run the version that made this database.');
  }
}

/** Compares the clock of this machine with that of the database, which provides all times. */
export async function checkClock({ offsetMs }: Pick<Clock, 'offsetMs'>): Promise<Finding> {
  const behindMs = offsetMs();
  if (Math.abs(behindMs) < CLOCK_WARNING_MS) return ok('The clocks of this machine and the database agree.');
  const seconds = (Math.abs(behindMs) / 1_000).toFixed(1);
  const found = `The clock of this machine is ${seconds} s ${behindMs > 0 ? 'behind' : 'ahead of'} that of the database.`;
  const next = 'Let both machines set their clocks by NTP.';
  return Math.abs(behindMs) < CLOCK_FAILED_MS ? warning(found, next) : failed(found, next);
}
