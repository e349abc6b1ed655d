import type { FastifyInstance } from 'fastify';
import type { Health } from '../database/index.ts';

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, or 503 with the reason.
 * @param parts what it cannot serve without; the first that is not well gives the reason
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
