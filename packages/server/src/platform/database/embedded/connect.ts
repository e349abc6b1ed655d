import pg from 'pg';
import { EmbeddedServerError } from '../errors.ts';
import { SUPERUSER } from './password.ts';

/** The database that Atrium uses inside its embedded cluster. */
const DATABASE = 'atrium';
const PROBE_TIMEOUT_MS = 2_000;
const INVALID_PASSWORD = '28P01';
const DUPLICATE_DATABASE = '42P04';

/** Connection string of a database of an embedded server; complete, so that no PG… environment variable applies. */
export function embeddedUrl(port: number, password: string, database: string = DATABASE): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

/**
 * True if the server answers, false if it does not yet. Throws EmbeddedServerError if it rejects the password, which
 * waiting does not solve. Creates the program's database if it is missing.
 */
export async function isAnswering(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: embeddedUrl(port, password, 'postgres'),
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS * 10,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === DUPLICATE_DATABASE) return true;
    if (code === INVALID_PASSWORD) {
      throw new EmbeddedServerError(
        'The embedded database does not accept the password in DATA_DIR/secrets/database-password. ' +
          'Restore that file from a backup of the same data directory.',
        { cause: error },
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
