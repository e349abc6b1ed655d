import type { FastifyInstance } from 'fastify';
import type { Health } from '../database/index.ts';

/** A page that is made when it is first asked for. */
export interface Page {
  contentType: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

/** Serves a page at a path of its own. */
export function servePage(app: FastifyInstance, path: string, make: () => Page | Promise<Page>): void {
  app.get(path, async (_request, reply) => {
    const { contentType, body, headers } = await make();
    return reply
      .headers(headers ?? {})
      .type(contentType)
      .send(body);
  });
}

/** `/health/live`: the process answers. `/health/ready`: it can serve, or 503 with the reason. */
export function serveHealth(app: FastifyInstance, readiness: () => Health): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const health = readiness();
    if (health.ok) return { status: 'ok' };
    return reply.code(503).header('retry-after', 1).send({ status: 'unavailable', reason: health.reason });
  });
}
