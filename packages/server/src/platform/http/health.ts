import type { FastifyInstance } from 'fastify';
import type { Health } from '../database/index.ts';

/** `/health/live`: the process answers. `/health/ready`: it can serve, or 503 with the reason. */
export function serveHealth(app: FastifyInstance, readiness: () => Health): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const health = readiness();
    if (health.ok) return { status: 'ok' };
    return reply.code(503).header('retry-after', 1).send({ status: 'unavailable', reason: health.reason });
  });
}
