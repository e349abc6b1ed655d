import type { FastifyError, FastifyInstance } from 'fastify';
import type { PlainAnswer, PlainRoute } from '../module/index.ts';

/** Fastify rejects all other types before any parser runs, although a route may accept any body. */
const MEDIA_TYPE = /^\s*[\w.+-]+\/[\w.+-]+\s*(;|$)/;

/** Registers the routes, each with its own body parser and error format. */
export function bindPlainRoutes(app: FastifyInstance, routes: readonly PlainRoute[]): void {
  for (const route of routes) void app.register(async (scope) => bind(scope, route));
}

function bind(scope: FastifyInstance, route: PlainRoute): void {
  const { bodyLimit } = route;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser([...route.contentTypes], { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  );
  if (route.contentTypes.includes('*')) {
    scope.addHook('onRequest', async ({ headers }) => {
      const type = headers['content-type'] ?? '';
      if (!MEDIA_TYPE.test(type)) headers['content-type'] = `application/octet-stream${/;.*/.exec(type)?.[0] ?? ''}`;
    });
  }
  const send = (reply: Reply, { status, text, retryAfterMs }: PlainAnswer): unknown => {
    if (retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1000)));
    return reply.code(status).type('text/plain; charset=utf-8').send(text);
  };
  scope.setErrorHandler((error: FastifyError, _request, reply) =>
    send(reply, route.refuse(error, error.statusCode ?? ('status' in error ? Number(error.status) : 500))),
  );
  scope.post(`/api/v1${route.path}`, { bodyLimit }, async (request, reply) => {
    const answer = await route.handle({
      params: request.params as Record<string, string>,
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      ip: request.ip,
    });
    return send(reply, answer);
  });
}

interface Reply {
  code(status: number): Reply;
  header(name: string, value: string | number): unknown;
  type(type: string): Reply;
  send(payload: unknown): unknown;
}
