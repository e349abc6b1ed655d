import type { FastifyInstance } from 'fastify';
import type { Health } from '../database/index.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** Shows the operator of the server how a request arrives. */
export const ECHO_PATH = '/health/echo';

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, or 503 with the reason.
 * @param parts what it needs to serve; the first unhealthy part gives the reason
 */
export function serveHealth(app: FastifyInstance, parts: readonly (() => Health)[]): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    for (const part of parts) {
      const health = part();
      if (!health.ok) {
        return reply.code(503).header('retry-after', 1).send({ status: 'unavailable', reason: health.reason });
      }
    }
    return { status: 'ok' };
  });
}

/**
 * `/health/echo?proof=…`: the client of the request, and its forwarding headers. For other callers it is not found.
 * @param isProof whether the caller has the keys of this instance
 */
export function serveEcho(app: FastifyInstance, proxies: TrustedProxies, isProof: (proof: string) => boolean): void {
  app.get<{ Querystring: Record<string, unknown> }>(ECHO_PATH, async (request, reply) => {
    const { proof } = request.query;
    if (typeof proof !== 'string' || !isProof(proof)) return reply.callNotFound();
    const { headers, socket } = request.raw;
    const peer = socket.remoteAddress ?? '';
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    return reply.header('cache-control', 'no-store').send({
      client: proxies.clientOf(request.raw),
      peer,
      peerIsTrusted: proxies.trusts(peer),
      host: text(headers.host),
      forwardedFor: text(headers['x-forwarded-for']),
      forwardedHost: text(headers['x-forwarded-host']),
    });
  });
}
