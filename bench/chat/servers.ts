import { randomUUID } from 'node:crypto';
import { ended, postmasterPid, start } from '../lib/program.ts';
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
  stop(): Promise<void>;
}

/** Atrium with everything on; only the limits are raised, since twenty senders are to say what thousands would. */
export async function startAtrium(port: number, dataDir: string): Promise<Subject> {
  const limits = Object.fromEntries(
    ['REGISTER', 'LOGIN', 'JOIN', 'PUBLIC', 'USER', 'MESSAGE', 'CONVERSATION', 'SYNC'].map((name) => [
      `LIMIT_${name}`,
      '100000000/1',
    ]),
  );
  const child = await start(
    'packages/server/src/main.ts',
    { ...limits, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    'Atrium is ready',
  );
  return {
    name: 'atrium',
    plan: { port, seats: await seatAtrium(port), receiversPerMessage: MEMBERS },
    pids: [child.pid ?? 0, await postmasterPid(dataDir)],
    stop: () => ended(child),
  };
}

async function seatAtrium(port: number): Promise<Seat[]> {
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

/** The plain server of the comparison, on a database of its own. */
export async function startPlain(port: number, databaseUrl: string, postmaster: number): Promise<Subject> {
  const child = await start('bench/chat/plain-server.ts', { PORT: String(port), DATABASE_URL: databaseUrl }, 'ready');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const seats: Seat[] = [];
  for (let user = 0; user < ROOMS * MEMBERS; user++) {
    const roomId = Math.floor(user / MEMBERS);
    await client.query('insert into members values ($1, $2) on conflict do nothing', [roomId, user]);
    seats.push({ auth: { userId: user }, ...(user % MEMBERS < SENDERS_PER_ROOM ? { send: { roomId } } : {}) });
  }
  await client.end();
  return {
    name: 'plain',
    plan: { port, seats, receiversPerMessage: MEMBERS },
    pids: [child.pid ?? 0, postmaster],
    stop: () => ended(child),
  };
}
