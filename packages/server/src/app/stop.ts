import type { Server } from 'node:http';
import type { Log } from '../platform/log/index.ts';

/** How long running requests may take at shutdown. */
const FINISH_MS = 10_000;

/**
 * Stops the parts of the server in order. A part that does not stop is logged and does not block the rest. Connections
 * that are still open after 10 s are closed.
 * @param steps from the outermost part to the innermost
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
