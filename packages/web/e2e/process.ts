import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = path.resolve(import.meta.dirname, '../../server/src/main.ts');

/** The server as a process of its own, to be killed and started again on the same data. */
export interface ServerProcess {
  /** Starts it. @returns the port */
  start: () => Promise<number>;
  /** kill -9 */
  kill: () => Promise<void>;
  close: () => Promise<void>;
}

/** A server process on this database. */
export async function serverProcess(databaseUrl: string): Promise<ServerProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-web-'));
  let child: ChildProcess | undefined;
  let port = 0;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    async start() {
      child = spawn(process.execPath, [MAIN], {
        env: { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for await (const line of createInterface(child.stdout ?? process.stdin)) {
        const found = /ready at http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
        if (!found) continue;
        port = Number(found[1]);
        child.stdout?.resume();
        return port;
      }
      throw new Error('The server ended before it was ready');
    },
    kill,
    async close() {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
