import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressKey } from '../limits/index.ts';
import { type ProblemError, problem } from '../problem/index.ts';
import type { Admission } from './admission.ts';
import type { LiveDeps } from './deps.ts';

/** Clients retry after about this time. */
const RETRY_MS = 1_000;

type HandshakeRequest = IncomingMessage & { _query?: Record<string, unknown> };
/** For an upgrade only `end` is used, which closes the connection. */
type HandshakeResponse = Pick<ServerResponse, 'end'> & Partial<Pick<ServerResponse, 'writeHead' | 'once'>>;

/**
 * Refuses handshakes before authentication: 403 for a page of another site, 429 with Retry-After if too many from one
 * address are pending. Requests of open connections pass.
 */
export function createHandshakeGuard(deps: Pick<LiveDeps, 'isAllowedOrigin' | 'clientAddress'>, admission: Admission) {
  return function guard(request: HandshakeRequest, response: HandshakeResponse, next: () => void): void {
    if (request._query?.sid !== undefined) {
      next();
      return;
    }
    const isUpgrade = request.headers.upgrade !== undefined;
    if (!deps.isAllowedOrigin(request)) {
      refuse(problem('origin_refused'), request, response, isUpgrade);
      return;
    }
    const exchange = isUpgrade ? request.socket : (response as unknown as EventEmitter);
    if (admission.begin(addressKey(deps.clientAddress(request)), request, exchange)) next();
    else refuse(problem('rate_limited', { retryAfterMs: RETRY_MS }), request, response, isUpgrade);
  };
}

function refuse(
  refusal: ProblemError,
  request: IncomingMessage,
  response: HandshakeResponse,
  isUpgrade: boolean,
): void {
  const body = JSON.stringify(refusal.toProblem());
  const { retryAfterMs } = refusal.details;
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    ...(retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) }),
  };
  if (!isUpgrade) {
    response.writeHead?.(refusal.status, headers);
    response.end(body);
    return;
  }
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  request.socket.end([`HTTP/1.1 ${refusal.status} ${refusal.message}`, ...lines, '', body].join('\r\n'));
}
