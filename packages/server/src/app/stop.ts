import type { Server } from 'node:http';
import type { Log } from '../platform/log/index.ts';

/** How long requests under way may take when the program stops. */
const FINISH_MS = 10_000;

/**
 * Ends the parts of the program in order. A part that does not end is logged and does not keep the rest from ending.
 * Connections that are still open after 10 s are closed.
 * @param steps from the outside in
 */
export async function stopInOrder(
  steps: readonly (() => unknown)[],
  { server, log }: { server: Server; log: Log },
): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), FINISH_MS);
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      log.error({ err: error }, 'a part did not stop in order');
    }
  }
  clearTimeout(deadline);
}
