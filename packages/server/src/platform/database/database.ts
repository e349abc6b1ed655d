import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { type EmbeddedServer, runningServerUrl, startEmbeddedServer } from './embedded/index.ts';
import { DatabaseRefused, DatabaseUnavailable, isUnavailable } from './errors.ts';
import { type Health, startMonitor } from './monitor.ts';
import { connectionSettings, createPool } from './pool.ts';
import type { Tables } from './tables.ts';
import { type Executor, runTransaction, type Transaction, type TransactionOptions } from './transaction.ts';

/** The program's database, embedded or external. */
export interface Database {
  /** Connection string. A secret: never log it. */
  readonly url: string;
  /** For hand-written hot statements (named, prepared). */
  readonly pool: pg.Pool;
  /** Kysely on the same pool. */
  readonly db: Executor;
  /**
   * Runs `work` in one transaction; see runTransaction. Retries deadlocks and serialization failures at most 3 times.
   * Throws DatabaseUnavailable after at most 5 s without a connection.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** The current time of the database. */
  now(): Promise<Date>;
  health(): Health;
  /** Called when the database becomes unavailable. */
  onDown(listener: () => void): void;
  /** Called when it is available again. */
  onUp(listener: () => void): void;
  /**
   * Closes the pool, then stops the embedded server. Always resolves. Statements still running after 5 s are cancelled.
   */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** A PostgreSQL server, version 15 or newer. Without it the embedded server in `dataDir` is used. */
  url?: string | undefined;
  dataDir: string;
  /** If the embedded server already runs for another process, use it together with that one. */
  beside?: boolean;
  log: Logger;
  /** Size of the pool; default 20. */
  poolSize?: number;
  applicationName?: string;
}

const DEFAULT_POOL_SIZE = 20;
const FIRST_CONNECT_MS = 30_000;
const RETRY_MS = 500;
const MOST_RETRY_MS = 5_000;
const CLOSE_MS = 5_000;
const OLDEST_VERSION = 150_000;

interface ServerFacts {
  version: number;
  encoding: string;
}

async function readFacts(config: pg.ClientConfig): Promise<ServerFacts> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
    );
    return rows[0] ?? { version: 0, encoding: '' };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Waits for a server that may still be starting. Throws DatabaseUnavailable, or DatabaseRefused if it is unsuitable.
 */
async function awaitServer(config: pg.ClientConfig, log: Logger): Promise<void> {
  const deadline = performance.now() + FIRST_CONNECT_MS;
  for (let pause = RETRY_MS; ; pause = Math.min(2 * pause, MOST_RETRY_MS)) {
    try {
      checkFacts(await readFacts(config));
      return;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!isUnavailable(error)) {
        throw new DatabaseRefused(`The database of DATABASE_URL cannot be used: ${reason}`, { cause: error });
      }
      if (performance.now() >= deadline) {
        throw new DatabaseUnavailable(`The database of DATABASE_URL cannot be reached: ${reason}`, { cause: error });
      }
      log.warn({ reason }, 'waiting for the database');
      await sleep(pause);
    }
  }
}

function checkFacts({ version, encoding }: ServerFacts): void {
  if (version < OLDEST_VERSION) throw new Error(`it is PostgreSQL ${version / 10_000}, and 15 or newer is needed`);
  if (encoding !== 'UTF8') throw new Error(`it is encoded in ${encoding}, and UTF8 is needed`);
}

/** Closes the pool. Connections still in use after the timeout are left to the server's shutdown. */
async function endPool(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end().catch(() => undefined), sleep(CLOSE_MS, undefined, { ref: false })]);
}

/**
 * Opens the database and resolves when it answers. Afterwards it may become unavailable (see `health`); the embedded
 * server is restarted. Throws DataDirInUse, EmbeddedServerError, DatabaseRefused or DatabaseUnavailable.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { log } = options;
  const applicationName = options.applicationName ?? 'atrium';
  const given = options.url ?? (options.beside === true ? await runningServerUrl(options.dataDir) : undefined);
  let embedded: EmbeddedServer | undefined;
  if (given === undefined) embedded = await startEmbeddedServer({ dataDir: options.dataDir, log });
  const url = embedded?.url ?? given ?? '';
  if (embedded === undefined) await awaitServer(connectionSettings(url, applicationName), log);
  return assemble({ url, embedded, log, applicationName, poolSize: options.poolSize ?? DEFAULT_POOL_SIZE });
}

function assemble(parts: {
  url: string;
  embedded: EmbeddedServer | undefined;
  log: Logger;
  applicationName: string;
  poolSize: number;
}): Database {
  const { url, embedded, log, applicationName } = parts;
  const pool = createPool({ url, size: parts.poolSize, applicationName, log });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const monitor = startMonitor({
    connection: connectionSettings(url, `${applicationName} monitor`),
    log,
    ...(embedded && { recover: () => embedded.recover(), onPing: () => void embedded.maintain() }),
  });
  let closing: Promise<void> | undefined;
  return {
    url,
    pool,
    db,
    transaction: (work, transactionOptions) => runTransaction(db, work, transactionOptions),
    now: () => readClock(db),
    health: monitor.health,
    onDown: monitor.onDown,
    onUp: monitor.onUp,
    close() {
      closing ??= monitor
        .stop()
        .then(() => endPool(pool))
        .then(() => embedded?.stop());
      return closing;
    },
  };
}

async function readClock(db: Executor): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const now = rows[0]?.now;
  if (now === undefined) throw new DatabaseUnavailable('The database did not return the time.');
  return now;
}
