import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { INDEX_LOCK } from '../../packages/server/src/modules/search/position-store.ts';
import { ended, freePort, postmaster, start } from '../lib/processes.ts';
import type { LoadPlan, Seat } from './load.ts';

/** Twenty senders in ten rooms of twenty: every message goes to twenty connections. */
export const ROOMS = 10;
export const MEMBERS = 20;
export const SENDERS_PER_ROOM = 2;

/** A server under load. */
export interface Subject {
  name: string;
  plan: LoadPlan;
  /** Roots of the processes whose CPU time counts, the database's among them. */
  pids: number[];
  /** Keeps the index of search as it is, as if another node were at it. Resolves to what lets it go on. */
  holdIndex?: () => Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** Atrium with everything on; only the limits are raised, since twenty senders are to say what thousands would. */
export async function startAtrium(dataDir: string): Promise<Subject> {
  const port = await freePort();
  const limits = Object.fromEntries(
    ['REGISTER', 'MAIL_SENDER', 'LOGIN', 'JOIN', 'PUBLIC', 'USER', 'MESSAGE', 'CONVERSATION', 'SYNC'].map((name) => [
      `LIMIT_${name}`,
      '100000000/1',
    ]),
  );
  const child = await start(
    'packages/server/src/main.ts',
    { ...limits, SOCKETS_OPENING_PER_ADDRESS: '100000', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    'Atrium is ready',
  );
  const seats = await seatAtrium(port, () => verifyEveryone(dataDir));
  return {
    name: 'atrium',
    plan: { port, seats, receiversPerMessage: MEMBERS },
    pids: [child.pid ?? 0, (await postmaster(dataDir)).pid],
    holdIndex: () => holdIndex(dataDir),
    stop: () => ended(child),
  };
}

async function holdIndex(dataDir: string): Promise<() => Promise<void>> {
  const client = await connect(dataDir);
  // After a measurement that failed, the database ends before this connection does.
  client.on('error', () => undefined);
  await client.query('select pg_advisory_lock($1)', [INDEX_LOCK]);
  return () => client.end();
}

async function seatAtrium(port: number, verifyEveryone: () => Promise<void>): Promise<Seat[]> {
  const call = async <T>(method: string, route: string, body?: unknown, token?: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${route}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const people: { id: string; token: string }[] = [];
  for (let n = 0; n < ROOMS * MEMBERS; n++) {
    const account = { email: `${randomUUID()}@example.org`, password: 'bench bench bench' };
    await call('POST', '/auth/register', { ...account, name: `Person ${n}` });
    const { accessToken, user } = await call<{ accessToken: string; user: { id: string } }>(
      'POST',
      '/auth/login',
      account,
    );
    people.push({ id: user.id, token: accessToken });
  }
  await verifyEveryone();
  const owner = people[0]?.token;
  const workspace = await call<{ id: string }>('POST', '/workspaces', { name: 'Bench' }, owner);
  const { code } = await call<{ code: string }>('GET', `/workspaces/${workspace.id}/join-code`, undefined, owner);
  for (const { token } of people.slice(1)) await call('POST', '/workspaces/join', { code }, token);
  const seats: Seat[] = [];
  for (let room = 0; room < ROOMS; room++) {
    const members = people.slice(room * MEMBERS, (room + 1) * MEMBERS);
    const [first, ...others] = members;
    const input = {
      workspaceId: workspace.id,
      kind: 'group',
      name: `Room ${room}`,
      memberIds: others.map(({ id }) => id),
    };
    const { id } = await call<{ id: string }>('POST', '/conversations', input, first?.token);
    for (const [at, { token }] of members.entries()) {
      seats.push({ auth: { token }, ...(at < SENDERS_PER_ROOM ? { send: { conversationId: id } } : {}) });
    }
  }
  return seats;
}

/** Addresses are taken as verified: those who have not verified theirs cost a look at the settings with each command. */
async function verifyEveryone(dataDir: string): Promise<void> {
  const client = await connect(dataDir);
  await client.query('update account set email_verified_at = now()');
  await client.end();
}

/** A connection to the database in a data directory. */
async function connect(dataDir: string): Promise<pg.Client> {
  const { port } = await postmaster(dataDir);
  const password = (await readFile(path.join(dataDir, 'secrets', 'database-password'), 'utf8')).trim();
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'atrium', password, database: 'atrium' });
  await client.connect();
  return client;
}

/** The seats of servers that believe whoever comes. */
function trustedSeats(): Seat[] {
  return Array.from({ length: ROOMS * MEMBERS }, (_, userId) => {
    const roomId = Math.floor(userId / MEMBERS);
    const auth = { userId, rooms: [roomId] };
    return { auth, ...(userId % MEMBERS < SENDERS_PER_ROOM ? { send: { roomId } } : {}) };
  });
}

/**
 * The plain server of the comparison, on a database of its own.
 * @param isKeyless whether its messages have no foreign keys
 */
export async function startPlain(
  name: string,
  database: { url: string; pid: number },
  isKeyless: boolean,
): Promise<Subject> {
  const port = await freePort();
  const env = { PORT: String(port), DATABASE_URL: database.url, KEYLESS: isKeyless ? '1' : '0' };
  const child = await start('bench/chat/plain-server.ts', env, 'ready');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('insert into users select generate_series(0, $1::int - 1)', [MEMBERS * ROOMS]);
  await client.query('insert into rooms select generate_series(0, $1::int - 1)', [ROOMS]);
  await client.query('insert into members select id / $1::int, id from users', [MEMBERS]);
  await client.end();
  return {
    name,
    plan: { port, seats: trustedSeats(), receiversPerMessage: MEMBERS },
    pids: [child.pid ?? 0, database.pid],
    stop: () => ended(child),
  };
}

/** Socket.IO alone, keeping nothing. */
export async function startRaw(): Promise<Subject> {
  const port = await freePort();
  const child = await start('bench/chat/raw-server.ts', { PORT: String(port) }, 'ready');
  return {
    name: 'raw',
    plan: { port, seats: trustedSeats(), receiversPerMessage: MEMBERS },
    pids: [child.pid ?? 0],
    stop: () => ended(child),
  };
}
