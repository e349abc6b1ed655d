import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { killProcessesOf } from '../processes.ts';

/** Registers what is to be done when the test ends, whatever its outcome: vitest's `onTestFinished`. */
export type Cleanup = (act: () => void | Promise<void>) => void;

/** An empty directory; what runs in it is killed and it is removed when the test ends. */
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
 * Below the range from which systems take the ports of outgoing connections, where a client dialling a dead port could
 * connect to itself and keep the server from coming back; and below the range of the database inside. Above 10080, to
 * which `fetch` does not connect (https://fetch.spec.whatwg.org/#port-blocking).
 */
const [LOWEST, HIGHEST] = [10_081, 14_999];
/** How far above a port another one is held by the process that was given the first. */
const TOKEN_DISTANCE = 5_000;

/** Listens, if nobody else does. It does not keep the process. */
function tryListen(port: number): Promise<net.Server | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.destroy()).unref();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/**
 * A port that is free now and that no other test is given before this process ends, so that a server which needs a
 * moment to start, or is started again, finds it free. What other processes see of that is a second port, which is held.
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
