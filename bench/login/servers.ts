import type { ChildProcess } from 'node:child_process';
import type { LoopReport } from '../lib/loop-watch.ts';
import { ended, freePort, postmaster, start } from '../lib/processes.ts';

const WATCH = 'bench/lib/loop-watch.ts';
const PASSWORD = 'bench bench bench';
/** Hashes that are made at a time while people are registered. */
const AT_ONCE = 8;

/** A server under load. */
export interface Subject {
  name: string;
  /** Roots of the processes whose CPU time counts, the database's among them. */
  pids: number[];
  /** Registers so many people. */
  populate(people: number): Promise<void>;
  /** Signs the n-th of them in; rejects when that fails. */
  login(person: number): Promise<void>;
  /** How the event loop has been since this was last asked. */
  loop(): Promise<LoopReport>;
  stop(): Promise<void>;
}

function subjectOf(
  name: string,
  child: ChildProcess,
  pids: number[],
  routes: { register: string; login: string },
): Subject {
  const post = async (url: string, person: number) => {
    const account = { email: `person${person}@example.org`, password: PASSWORD };
    const body = JSON.stringify(url === routes.register ? { name: `Person ${person}`, ...account } : account);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  };
  return {
    name,
    pids,
    async populate(people) {
      for (let first = 0; first < people; first += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, people - first) }, (_, at) => first + at);
        await Promise.all(some.map((person) => post(routes.register, person)));
      }
    },
    login: (person) => post(routes.login, person),
    loop: () =>
      new Promise((resolve) => {
        child.once('message', (report) => resolve(report as LoopReport));
        child.send('loop');
      }),
    stop: () => ended(child),
  };
}

/** Atrium with everything on; only the limits are raised, since all the logins come from one address. */
export async function startAtrium(dataDir: string): Promise<Subject> {
  const port = await freePort();
  const limits = Object.fromEntries(
    ['REGISTER', 'MAIL_SENDER', 'LOGIN', 'PUBLIC', 'USER'].map((name) => [`LIMIT_${name}`, '100000000/1']),
  );
  const env = { ...limits, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const child = await start('packages/server/src/main.ts', env, 'Atrium is ready', WATCH);
  const api = `http://127.0.0.1:${port}/api/v1/auth`;
  const pids = [child.pid ?? 0, (await postmaster(dataDir)).pid];
  return subjectOf('atrium', child, pids, { register: `${api}/register`, login: `${api}/login` });
}

/** The plain server of the comparison, on a database of its own. */
export async function startPlain(databaseUrl: string, databasePid: number): Promise<Subject> {
  const port = await freePort();
  const env = { PORT: String(port), DATABASE_URL: databaseUrl };
  const child = await start('bench/login/plain-server.ts', env, 'ready', WATCH);
  const origin = `http://127.0.0.1:${port}`;
  const pids = [child.pid ?? 0, databasePid];
  return subjectOf('plain', child, pids, { register: `${origin}/register`, login: `${origin}/login` });
}
