import { chmod, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { killEverything } from '../processes.ts';

/** Registers what is to be done when the test ends, whatever its outcome: vitest's `onTestFinished`. */
export type Cleanup = (act: () => void | Promise<void>) => void;

/** An empty directory; what runs in it is killed and it is removed when the test ends. */
export async function workplace(cleanup: Cleanup): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-fault-'));
  await chmod(directory, 0o755);
  cleanup(async () => {
    await killEverything(directory);
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return directory;
}

const [LOWEST, HIGHEST] = [20_000, 29_999];

/**
 * A port that is free now and that the system never gives to outgoing connections: a client dialling a dead port from
 * that range could connect to itself and keep the server from coming back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const probe = net.createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
