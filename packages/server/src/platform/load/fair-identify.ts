import type { IncomingHttpHeaders } from 'node:http';
import { FairQueue } from './fair-queue.ts';

/**
 * Authenticating a request takes a query, before the request is counted. Lookups of the same credentials run a few at a
 * time, so that a burst of one user's requests does not delay everybody else's.
 */
export function createFairIdentify<Request extends { headers: IncomingHttpHeaders }, Identified>(
  identify: (request: Request) => Promise<Identified>,
): (request: Request) => Promise<Identified> {
  const queue = new FairQueue({ perKey: 3, total: Number.POSITIVE_INFINITY, waitingPerKey: 1_000, waitMs: 10_000 });
  return (request) => {
    const credentials = request.headers.authorization ?? request.headers.cookie;
    return credentials === undefined ? identify(request) : queue.run(credentials, () => identify(request));
  };
}
