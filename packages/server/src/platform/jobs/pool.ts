import pg from 'pg';
import type { Logger } from 'pino';
import { connectionSettings } from '../database/index.ts';
import { SCHEMA } from './queue.ts';

/** One connection listens, the others carry what five jobs at once need to be fetched and marked. */
const CONNECTIONS = 4;

type Done = (release?: unknown) => void;
type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void;

/**
 * BullMQ waits a second before it tries again only after errors that it takes for a lost connection, and the one it
 * knows of PostgreSQL is ECONNREFUSED. A server that is starting or full refuses in other words; measured without this:
 * 250 tries a second.
 */
function refused(error: Error): Error {
  return Object.assign(new Error(error.message, { cause: error }), { code: 'ECONNREFUSED' });
}

class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback === undefined) {
      return super.connect().catch((error: Error) => {
        throw refused(error);
      });
    }
    super.connect((error, client, done) => callback(error && refused(error), client, done));
    return undefined;
  }
}

/**
 * Opens the connections of the queue. Its SQL names tables without their schema, so it cannot share those of the
 * program.
 */
export function openJobsPool(url: string, log: Logger): pg.Pool {
  const settings = connectionSettings(url, 'atrium jobs');
  const options = `${settings.options ?? ''} -c search_path=${SCHEMA},public`;
  const pool = new Pool({ ...settings, options, max: CONNECTIONS });
  pool.on('error', (error) => log.debug({ reason: error.message }, 'a job connection was lost'));
  // Between check-out and the next query nobody listens on a client; an unheard 'error' would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
