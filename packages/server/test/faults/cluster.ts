import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { unprivilegedAccount } from '../../src/platform/database/embedded/account.ts';
import { type Binaries, findBinaries, program } from '../../src/platform/database/embedded/binaries.ts';
import { canRunBinaries } from '../../src/platform/database/embedded/reach.ts';
import { type RunResult, run } from '../../src/platform/database/embedded/run.ts';
import {
  openSharedDirectory,
  SHARED_ROOTS,
  shareBinaries,
} from '../../src/platform/database/embedded/shared-directory.ts';

/** Plain PostgreSQL, without our supervisor, for the controls. */

interface User {
  uid: number;
  gid: number;
}

/** The user that owns a cluster, and so must run its programs. */
export async function clusterUser(clusterDir: string): Promise<User> {
  const { uid, gid } = await stat(clusterDir);
  return { uid, gid };
}

/** The programs, where the unprivileged user can reach them. */
export async function usableBinaries(): Promise<Binaries> {
  const installed = await findBinaries();
  if (process.geteuid?.() !== 0) return installed;
  const account = await unprivilegedAccount();
  if (await canRunBinaries(installed.native, account)) return installed;
  return shareBinaries(installed, await openSharedDirectory(SHARED_ROOTS, account));
}

/** Plain `pg_ctl start`. */
export async function bareStart(clusterDir: string, port: number): Promise<RunResult> {
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  const args = ['start', '-D', clusterDir, '-w', '-t', '10', '-l', `${clusterDir}.log`, '-o', options];
  const account = { name: '', ...(await clusterUser(clusterDir)) };
  const file = program(await usableBinaries(), 'pg_ctl');
  return run(file, args, { cwd: clusterDir, ...(process.geteuid?.() === 0 && { account }) });
}

/** A process of `user` that runs until the test ends. Returns its id. */
export function spawnBystander(user: User): number {
  const child = spawn('/bin/sleep', ['600'], { stdio: 'ignore', uid: user.uid, gid: user.gid });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

/** Starts the server below a parent that never reaps its children, like process 1 of some containers. */
export async function startBelowCarelessParent(clusterDir: string, port: number): Promise<number> {
  const script =
    '"$0" -D "$1" -c port=$2 -c listen_addresses=127.0.0.1 -c unix_socket_directories= >/dev/null 2>&1 & echo $!; exec sleep 600';
  const postgres = program(await usableBinaries(), 'postgres');
  const parent = spawn('/bin/sh', ['-c', script, postgres, clusterDir, String(port)], {
    cwd: clusterDir,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(process.geteuid?.() === 0 && (await clusterUser(clusterDir))),
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(createInterface(parent.stdout), 'line');
  return Number(line);
}

/** Resolves when the server has logged that it is ready. */
export async function untilReady(clusterDir: string): Promise<void> {
  for (;;) {
    const text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '');
    if (text.split('\n')[7]?.startsWith('ready')) return;
    await sleep(20);
  }
}

/** Writes rows one by one, each acknowledged, until the database fails. */
export class Writer {
  #client: pg.Client;
  #running: Promise<void> | undefined;
  acknowledged = 0;

  constructor(url: string) {
    this.#client = new pg.Client({ connectionString: url });
    this.#client.on('error', () => undefined);
  }

  async start(): Promise<void> {
    await this.#client.connect();
    await this.#client.query('create table if not exists entry (n integer primary key)');
    const { rows } = await this.#client.query<{ n: number }>('select coalesce(max(n), 0) as n from entry');
    this.acknowledged = rows[0]?.n ?? 0;
    this.#running = this.#write();
  }

  async #write(): Promise<void> {
    for (;;) {
      try {
        await this.#client.query('insert into entry values ($1)', [this.acknowledged + 1]);
        this.acknowledged += 1;
      } catch {
        return;
      }
    }
  }

  /** Resolves when the database fails, or after the time with the connection closed. */
  async finish(ms = 5_000): Promise<void> {
    await Promise.race([this.#running, sleep(ms, undefined, { ref: false })]);
    await Promise.race([this.#client.end().catch(() => undefined), sleep(500)]);
  }

  /** Stops writing with the database running. */
  async stop(): Promise<void> {
    await this.#client.end().catch(() => undefined);
    await this.#running;
  }
}

/** The number of written rows, and the highest of them. */
export async function countEntries(url: string): Promise<{ count: number; max: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('select count(*)::int as count, coalesce(max(n), 0)::int as max from entry');
    return rows[0] as { count: number; max: number };
  } finally {
    await client.end();
  }
}
