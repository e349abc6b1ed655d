import pg from 'pg';
import type { Logger } from 'pino';
import { connectionSettings } from '../database/index.ts';
import { SCHEMA } from './queue.ts';

/** One connection listens; the others fetch and complete up to five jobs at once. */
const CONNECTIONS = 4;

type Done = (release?: unknown) => void;
type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void;

/**
 * BullMQ waits a second before a retry only after errors it recognises as a lost connection, and the only one of
 * PostgreSQL it knows is ECONNREFUSED. A server that is starting or full reports other errors; without this we measured
 * 250 retries a second.
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

/** Opens the connections of the queue. Its SQL uses unqualified table names, so it cannot share the program's pool. */
export function openJobsPool(url: string, log: Logger): pg.Pool {
  const settings = connectionSettings(url, 'atrium jobs');
  const options = `${settings.options ?? ''} -c search_path=${SCHEMA},public`;
  const pool = new Pool({ ...settings, options, max: CONNECTIONS });
  pool.on('error', (error) => log.debug({ reason: error.message }, 'a job connection was lost'));
  // Between check-out and the next query a client has no 'error' listener; an unhandled one would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
