import type { Server } from 'node:http';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

const IDLE_MS = 100;
const MAX_WAIT_MS = 1_000;

/**
 * Resolves after 100 ms without a new connection, at the latest after a second, and at once if the server does not
 * listen. Until then the kernel may hold connections that the server has not accepted; closing it would reset them.
 */
export async function untilNoNewConnections(server: Server): Promise<void> {
  if (!server.listening) return;
  const began = performance.now();
  let last = began;
  const onConnection = () => {
    last = performance.now();
  };
  server.on('connection', onConnection);
  while (performance.now() - last < IDLE_MS && performance.now() - began < MAX_WAIT_MS) {
    await sleep(IDLE_MS / 4);
    // After a long turn of the event loop, timers run before new connections are accepted.
    await turn();
  }
  server.off('connection', onConnection);
}
