import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const FOLLOW_PARENT = new URL('../bootstrap/follow-parent.mjs', import.meta.url).href;
const SERVER = path.resolve(import.meta.dirname, '../../packages/server/src/main.ts');

/** A program that was started. */
export interface Running {
  pid: number;
  /** Resolves once it serves; rejects if it ends before. */
  ready: Promise<void>;
  /** Resolves when it has ended, with what it last said. */
  ended: Promise<string>;
  stop(): void;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis that keeps nothing on disk. */
export async function startRedis(port: number, directory: string): Promise<Running> {
  await mkdir(directory, { recursive: true });
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory];
  return watch(spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true }), {
    isReady: (line) => line.includes('Ready to accept connections'),
    whenMissing: 'redis-server is not installed: install it, or set REDIS_URL.',
  });
}

/**
 * One node.
 * @param print gets what it says to who runs it
 */
export function startNode(env: Record<string, string>, print: (line: string) => void): Running {
  const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, SERVER], {
    env: { ...process.env, ...env, ATRIUM_STARTED_BY: String(process.pid) },
    // The last one ends with this process, and the node with it, however it ends.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl-C in a terminal reaches every process of its group: a node would take ours for a second one.
    detached: true,
  });
  const isReady = (line: string) => line.startsWith('Atrium is ready');
  return watch(child, { isReady, print: (line) => isReady(line) || print(line) });
}

interface Watching {
  isReady(line: string): boolean;
  print?: (line: string) => void;
  whenMissing?: string;
}

function watch(child: ChildProcess, { isReady, print, whenMissing }: Watching): Running {
  let last = '';
  const ended = new Promise<string>((resolve) => {
    child.on('close', (code, signal) => resolve(last || `ended by ${signal ?? `exit code ${code}`}`));
    child.on('error', (error) => {
      last = whenMissing ?? error.message;
      resolve(last);
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    const take = (line: string) => {
      last = line;
      if (isReady(line)) resolve();
      print?.(line);
    };
    if (child.stdout) createInterface(child.stdout).on('line', take);
    if (child.stderr) {
      createInterface(child.stderr).on('line', (line) => {
        last = line;
        process.stderr.write(`${line}\n`);
      });
    }
    void ended.then((reason) => reject(new Error(reason)));
  });
  ready.catch(() => undefined);
  return { pid: child.pid ?? 0, ready, ended, stop: () => void child.kill('SIGTERM') };
}
