import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { killProcessesOf } from '../processes.ts';

/** Registers what is done when the test ends, whatever its outcome: vitest's `onTestFinished`. */
export type Cleanup = (act: () => void | Promise<void>) => void;

/** An empty directory; when the test ends, processes in it are killed and it is deleted. */
export async function workDirectory(cleanup: Cleanup): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-fault-'));
  await chmod(directory, 0o755);
  cleanup(async () => {
    await killProcessesOf(directory);
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return directory;
}

/**
 * Below the range of ports for outgoing connections, where a client that dials an unused port could connect to itself
 * and block the restart of the server; and below the range of the embedded database. Above 10080, to which `fetch` does
 * not connect (https://fetch.spec.whatwg.org/#port-blocking).
 */
const [LOWEST, HIGHEST] = [10_081, 14_999];
/** Distance of the second port, which the process that owns the first one holds. */
const TOKEN_DISTANCE = 5_000;

/** Listens, if nobody else does. It does not keep the process running. */
function tryListen(port: number): Promise<net.Server | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.destroy()).unref();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/**
 * A port that is free now and that no other test gets before this process ends, so that a server that starts slowly, or
 * is restarted, finds it free. Other processes see a second port, which is held.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    const token = await tryListen(port + TOKEN_DISTANCE);
    if (token === undefined) continue;
    const probe = await tryListen(port);
    if (probe === undefined) {
      token.close();
      continue;
    }
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
