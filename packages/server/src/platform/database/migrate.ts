import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { Logger } from 'pino';
import { DatabaseRefused, isForbidden, MigrationError } from './errors.ts';
import { retrying } from './transaction.ts';
import { withoutTimeouts } from './without-timeouts.ts';

/** Any constant works, as long as all nodes of a database use the same. */
const ADVISORY_LOCK = 4_172_019;
const DEFAULT_DIRECTORY = fileURLToPath(new URL('../../../migrations', import.meta.url));
/** Delays of the retries after a deadlock. */
const MAX_RETRIES = 4;
const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

const CREATE_HISTORY = `create table if not exists migration (
  id integer primary key,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`;

interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

interface AppliedRow {
  id: number;
  name: string;
  sha256: string;
}

/** Reads `NNNN_name.sql` files in order. Throws MigrationError for a misnamed file or a number used twice. */
async function readMigrations(directory: string): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const file of (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()) {
    const [, number, name] = FILE_NAME.exec(file) ?? [];
    if (number === undefined || name === undefined) {
      throw new MigrationError(`Migration ${file} is misnamed: expected NNNN_name.sql in lower case.`);
    }
    const previous = migrations.at(-1);
    if (previous?.id === Number(number)) {
      throw new MigrationError(`Migrations ${previous.name} and ${name} have the same number ${number}.`);
    }
    // Line endings are normalised, so that a checkout on another system does not look like a change.
    const sql = (await readFile(path.join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({ id: Number(number), name, sql, sha256: createHash('sha256').update(sql).digest('hex') });
  }
  return migrations;
}

/** Rejects a schema that does not match this program. */
function checkHistory(migrations: readonly Migration[], applied: readonly AppliedRow[]): void {
  const known = new Map(migrations.map((migration) => [migration.id, migration]));
  for (const row of applied) {
    const migration = known.get(row.id);
    if (migration === undefined) {
      throw new MigrationError(
        `The database has migration ${row.id} (${row.name}), which this program does not know: ` +
          'it was made by a newer version. Start that version, or restore a backup made before it.',
      );
    }
    if (migration.sha256 !== row.sha256) {
      throw new MigrationError(
        `Migration ${row.id} (${migration.name}) was changed after it had been applied. ` +
          'Put the old file back and write the change as a new migration.',
      );
    }
  }
  const newest = applied.at(-1)?.id ?? 0;
  const done = new Set(applied.map((row) => row.id));
  const late = migrations.find((migration) => migration.id < newest && !done.has(migration.id));
  if (late !== undefined) {
    throw new MigrationError(
      `Migration ${late.id} (${late.name}) is older than ${newest}, which is already applied. Give it a higher number.`,
    );
  }
}

async function transactionId(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  return rows[0]?.id ?? '';
}

/** Creates the table of applied migrations; the first statement that needs the right to create tables. */
async function createHistory(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(CREATE_HISTORY);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new DatabaseRefused(
      `The user of DATABASE_URL may not create tables: ${error.message}. ` +
        'As the owner of the database: grant create on schema public to that user.',
      { cause: error },
    );
  }
}

/** Applies one file, and retries after a deadlock with a node of the previous version that still writes. */
async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await retrying(MAX_RETRIES, () => applyOnce(client, migration));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`Migration ${migration.id} (${migration.name}) failed: ${reason}`, { cause: error });
  }
}

/** Applies one file and records it, in one transaction. */
async function applyOnce(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await run(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Runs one file and records it, in the caller's transaction. */
async function run(client: pg.PoolClient, { id, name, sha256, sql }: Migration): Promise<void> {
  const transaction = await transactionId(client);
  await client.query(sql);
  if ((await transactionId(client)) !== transaction) {
    throw new MigrationError('it ends its own transaction; remove begin, commit and rollback from the file');
  }
  await client.query('insert into migration (id, name, sha256) values ($1, $2, $3)', [id, name, sha256]);
}

async function applyPending(client: pg.PoolClient, migrations: readonly Migration[], log?: Logger): Promise<string[]> {
  // No timeout between the statements of a migration either.
  await client.query('set idle_in_transaction_session_timeout = 0');
  await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
  await createHistory(client);
  const { rows } = await client.query<AppliedRow>('select id, name, sha256 from migration order by id');
  checkHistory(migrations, rows);
  const done = new Set(rows.map((row) => row.id));
  const applied: string[] = [];
  const startedAt = performance.now();
  for (const migration of migrations.filter((candidate) => !done.has(candidate.id))) {
    await apply(client, migration);
    applied.push(migration.name);
    log?.debug({ id: migration.id, name: migration.name }, 'migration applied');
  }
  if (applied.length > 0) {
    const ms = Math.round(performance.now() - startedAt);
    log?.info({ count: applied.length, newest: applied.at(-1), ms }, 'migrations applied');
  }
  return applied;
}

/** The schema of a database compared to that of this version. */
export interface SchemaState {
  /** Numbers of the applied migrations, in order. */
  applied: number[];
  /** Names of the pending ones. */
  pending: string[];
}

/**
 * Compares the schema, and changes nothing.
 * @throws MigrationError for a schema that does not match this program
 */
export async function schemaState(database: { readonly pool: Pick<pg.Pool, 'query'> }): Promise<SchemaState> {
  const migrations = await readMigrations(DEFAULT_DIRECTORY);
  const { rows: found } = await database.pool.query("select to_regclass('migration') is not null as exists");
  if (found[0]?.exists !== true) return { applied: [], pending: migrations.map(({ name }) => name) };
  const { rows } = await database.pool.query<AppliedRow>('select id, name, sha256 from migration order by id');
  checkHistory(migrations, rows);
  const done = new Set(rows.map(({ id }) => id));
  return { applied: [...done], pending: migrations.filter(({ id }) => !done.has(id)).map(({ name }) => name) };
}

/**
 * Migrates an empty schema up to a migration, inside the caller's transaction: for data of an older version.
 * @param wanted the migrations of that schema, in order
 * @throws MigrationError if this version does not have them, or if they differ
 */
export async function migrateTo(
  client: pg.PoolClient,
  wanted: readonly { id: number; name: string; sha256: string }[],
): Promise<void> {
  const migrations = await readMigrations(DEFAULT_DIRECTORY);
  checkHistory(migrations, wanted);
  await client.query(CREATE_HISTORY);
  const ids = new Set(wanted.map(({ id }) => id));
  for (const migration of migrations.filter(({ id }) => ids.has(id))) await run(client, migration);
}

/** Whether this version knows a schema, which may be older. @throws MigrationError if not */
export async function checkMigrationHistory(
  wanted: readonly { id: number; name: string; sha256: string }[],
): Promise<void> {
  checkHistory(await readMigrations(DEFAULT_DIRECTORY), wanted);
}

/**
 * Applies the SQL files in `directory` (default: packages/server/migrations), forward only. Safe when several nodes
 * start at once and when killed at any moment: each file is applied exactly once or not at all.
 * @returns the names of the files applied now
 * @throws MigrationError for a changed, unknown, late or failing migration; DatabaseRefused if no tables may be created
 */
export async function migrate(
  database: { readonly pool: pg.Pool },
  options: { directory?: string; log?: Logger } = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.directory ?? DEFAULT_DIRECTORY);
  const applied = await withoutTimeouts(database.pool, (client) => applyPending(client, migrations, options.log));
  return { applied };
}
