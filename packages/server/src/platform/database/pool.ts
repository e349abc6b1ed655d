import { once } from 'node:events';
import pg from 'pg';
import type { Logger } from 'pino';
import { DatabaseUnavailable, isUnavailable } from './errors.ts';
import { typeParsers } from './types.ts';

/** How long a request waits for a free connection before it fails. */
export const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 5_000;
/** A process that was stopped in a transaction holds its locks no longer than others wait for them. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;

type Done = (release?: unknown) => void;
type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void;

function typed(error: Error): Error {
  if (!isUnavailable(error) || error instanceof DatabaseUnavailable) return error;
  return new DatabaseUnavailable('The database is not available.', { cause: error });
}

/**
 * The driver's pool, except that a missing connection is always the same typed error, and that `end` waits until the
 * connections are closed. The driver's own does not wait, and a server that stops next would find open sessions.
 */
class Pool extends pg.Pool {
  private readonly open = new Set<pg.PoolClient>();

  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => this.open.add(client));
    this.on('remove', (client) => this.open.delete(client));
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    const ended = super.end().then(async () => {
      while (this.open.size > 0) await once(this, 'remove');
    });
    if (callback === undefined) return ended;
    ended.then(callback, callback);
    return undefined;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback === undefined) {
      return super.connect().catch((error: Error) => {
        throw typed(error);
      });
    }
    super.connect((error, client, done) => callback(error && typed(error), client, done));
    return undefined;
  }
}

/** Modes for which the driver checks the certificate, as for `verify-full`, and warns that it may cease to. */
const CHECKED_MODES = new Set(['prefer', 'require', 'verify-ca']);

/** Says so in the address itself. */
function withCheckedCertificate(url: string): string {
  const parsed = new URL(url);
  if (!CHECKED_MODES.has(parsed.searchParams.get('sslmode') ?? '')) return url;
  parsed.searchParams.set('sslmode', 'verify-full');
  return parsed.href;
}

/** Settings of every connection of this program. */
export function connectionSettings(url: string, applicationName: string): pg.ClientConfig {
  return {
    connectionString: withCheckedCertificate(url),
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    options: '-c timezone=UTC',
    types: typeParsers,
  };
}

/** Creates the program's pool. It connects on first use; an idle connection that dies is logged and replaced. */
export function createPool(options: { url: string; size: number; applicationName: string; log: Logger }): pg.Pool {
  const pool = new Pool({ ...connectionSettings(options.url, options.applicationName), max: options.size });
  pool.on('error', (error) => options.log.warn({ reason: error.message }, 'an idle database connection was lost'));
  // Between check-out and the next query a client has no 'error' listener; an unhandled one would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
