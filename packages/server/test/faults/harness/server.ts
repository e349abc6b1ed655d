import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { limits, thingLimits } from '@atrium/protocol';
import { inheritedEnv } from '../../inherited-env.ts';
import { residentBytes } from '../../resident-memory.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const PLENTY = '1000000/1';
/** Faults are tested here, not limits. */
const NO_LIMITS = {
  ...Object.fromEntries(
    Object.keys({ ...limits, ...thingLimits }).map((name) => [`LIMIT_${name.toUpperCase()}`, PLENTY]),
  ),
  SOCKETS_PER_USER: '100000',
  SOCKETS_OPENING_PER_ADDRESS: '100000',
};

export interface ServerOptions {
  dataDir: string;
  port: number;
  env?: Record<string, string>;
  /** A file beside the tests, instead of the server's own entry point. */
  script?: string;
  /** For the script. */
  args?: string[];
  /** Code that runs before the server. */
  preload?: string | undefined;
}

/** A server process. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  /** Every line it has printed for its operator. */
  readonly out: string[];
  /** Every line it has logged. */
  readonly log: string[];
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Resolves when it serves; rejects if it ends before. */
  ready(withinMs?: number): Promise<void>;
  /** kill -9, and wait until it has ended. */
  kill(): Promise<void>;
  /** Resolves with the exit code, or the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Ctrl-C in a terminal: the signal goes to every process of the group. */
  interruptGroup(): Promise<number | NodeJS.Signals>;
  /** Its resident memory, in bytes. */
  rss(): number;
}

/** The lines of a log about errors, or about the end of the server by one. */
export function errorsIn(log: readonly string[]): string[] {
  return log.filter((line) => /"level":[56]0/.test(line));
}

/** Starts the server as a separate process, in its own group and without limits. */
export function startServer({ dataDir, port, env, script, args = [], preload }: ServerOptions): ServerProcess {
  const file = script === undefined ? MAIN : path.join(import.meta.dirname, '..', script);
  const before = preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
  // The clean-up finds the process by the directory on its command line.
  const child = spawn(process.execPath, [...before, file, dataDir, ...args], {
    env: { ...inheritedEnv(), LOG_LEVEL: 'info', ...NO_LIMITS, DATA_DIR: dataDir, PORT: String(port), ...env },
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  const log: string[] = [];
  const out: string[] = [];
  const isReady = () => out.some((line) => line.startsWith('Atrium is ready'));
  createInterface(child.stdout).on('line', (line) => out.push(line));
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 0));
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    pid,
    port,
    url: `http://127.0.0.1:${port}`,
    out,
    log,
    ended,
    async ready(withinMs = 30_000) {
      await until(
        () => isReady() || isOver(),
        withinMs,
        () => `the server is ready: ${log.slice(-5).join('\n')}`,
      );
      if (!isReady()) throw new Error(`the server ended: ${log.slice(-5).join('\n')}`);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
    interruptGroup() {
      process.kill(-pid, 'SIGINT');
      return ended;
    },
    rss: () => residentBytes(pid),
  };
}
