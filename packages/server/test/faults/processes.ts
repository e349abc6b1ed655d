import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { findProcesses } from '../../src/platform/database/embedded/process-info.ts';

/** How often the repeated tests repeat; a nightly run sets a large number. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 2);

/** Timeout of a test that repeats ROUNDS times. */
export const REPEATED = { timeout: 60_000 + ROUNDS * 15_000 };

/** One line printed by a server process. */
export interface Report {
  event: 'ready' | 'refused' | 'down' | 'up';
  pid: number;
  url?: string;
  name?: string;
  message?: string;
}

export interface ServeOptions {
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number };
  /** File name in this directory. */
  script?: string;
}

/** A server process under test. */
export interface Served {
  readonly child: ChildProcess;
  readonly reports: Report[];
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The next line with this event, from those already printed or still to come. */
  next(event: Report['event'], withinMs?: number): Promise<Report>;
  /** kill -9, and wait until it has ended. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Starts a process that serves the database of `dataDir`, in its own process group. */
export function serve(dataDir: string, options: ServeOptions = {}): Served {
  const script = fileURLToPath(new URL(options.script ?? 'serve.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], {
    env: options.env ?? process.env,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options.user,
  });
  const reports: Report[] = [];
  createInterface(child.stdout).on('line', (line) => reports.push(JSON.parse(line) as Report));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 0));
  });
  return {
    child,
    reports,
    ended,
    async next(event, withinMs = 45_000) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const index = reports.findIndex((report) => report.event === event);
        const [found] = index === -1 ? [] : reports.splice(index, 1);
        if (found !== undefined) return found;
        if (Date.now() > deadline)
          throw new Error(`no "${event}" within ${withinMs} ms, but ${JSON.stringify(reports)}`);
        await sleep(10);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Ids of the running PostgreSQL servers of a data directory. */
export async function postmasters(dataDir: string): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const pid of await findProcesses(path.join(dataDir, 'database'))) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (path.basename(args[0] ?? '') === 'postgres') parents.set(pid, parent);
  }
  // A child that was just forked still has its parent's command line.
  return [...parents].filter(([, parent]) => !parents.has(parent)).map(([pid]) => pid);
}

/** Everything with the directory on its command line: our process, initdb, pg_ctl, the server. */
export async function killProcessesOf(directory: string): Promise<void> {
  for (const pid of await findProcesses(directory)) {
    if (pid === process.pid) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
}

/** An empty directory, deleted with all that runs in it when the test ends. Owned by `user` if given. */
export async function temporaryDirectory(user?: { uid: number; gid: number }): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-fault-'));
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o755);
  onTestFinished(async () => {
    await killProcessesOf(directory);
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return directory;
}

/** All files below a directory. */
export async function walk(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
