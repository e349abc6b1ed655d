import type { Log } from '../../platform/log/index.ts';
import { newId } from '../../platform/new-id.ts';
import { createAgents } from '../../platform/outbound/index.ts';
import { claimEndpoints } from './endpoint-store.ts';
import { LEASE_MS, type TurnDeps, takeTurn } from './turn.ts';

/** How often a node looks for endpoints that lag behind: the maximum delay before an event is sent. */
const EVERY_MS = 1_000;
/** How soon an endpoint receives a channel that was created after it. */
const LIST_MS = 15_000;
/** Endpoints that a node sends to concurrently: a slow one takes up one slot. */
const SLOTS = 8;

export type SenderDeps = Omit<TurnDeps, 'agents'> & { log: Pick<Log, 'warn'> };

/** Sends to endpoints until stopped. @returns a function that stops, after the current requests */
export function startSender(deps: SenderDeps): () => Promise<void> {
  const { database, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const agents = createAgents({ keepAlive: true, timeout: 30_000 });
  const running = new Set<Promise<void>>();
  let looking = Promise.resolve();

  async function claimAndSend(): Promise<void> {
    const limit = SLOTS - running.size;
    if (signal.aborted || limit <= 0) return;
    for (const endpoint of await claimEndpoints(database.db, {
      claim: newId(),
      leaseMs: LEASE_MS,
      listMs: LIST_MS,
      limit,
    })) {
      const turn = takeTurn({ ...deps, agents }, endpoint, signal)
        .then(look, (error: unknown) => log.warn({ err: error, endpoint: endpoint.id }, 'could not send webhooks'))
        .finally(() => running.delete(turn));
      running.add(turn);
    }
  }

  /** Sequential, so that there are never more turns than slots. */
  function look(): void {
    looking = looking
      .then(claimAndSend)
      .catch((error: unknown) => log.warn({ err: error }, 'could not look for webhooks to send'));
  }

  const timer = setInterval(look, EVERY_MS);
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await looking;
    await Promise.all(running);
    agents.close();
  };
}
