import type { Server } from 'node:http';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

const QUIET_MS = 100;
const MOST_MS = 1_000;

/**
 * Resolves when nobody has connected for a tenth of a second, or after a second; at once where it does not listen.
 * Until then the system may hold connections that the server has not taken yet: closing it would reset them without a
 * word.
 */
export async function untilNobodyKnocks(server: Server): Promise<void> {
  if (!server.listening) return;
  const began = performance.now();
  let last = began;
  const heard = () => {
    last = performance.now();
  };
  server.on('connection', heard);
  while (performance.now() - last < QUIET_MS && performance.now() - began < MOST_MS) {
    await sleep(QUIET_MS / 4);
    // After a long turn the timer is due before the new connections are looked at.
    await turn();
  }
  server.off('connection', heard);
}
