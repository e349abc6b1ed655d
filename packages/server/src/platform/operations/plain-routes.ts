import type { FastifyError, FastifyInstance } from 'fastify';
import type { PlainAnswer, PlainRoute } from '../module/index.ts';

/** Registers the routes, each with its own body parser and error format. */
export function bindPlainRoutes(app: FastifyInstance, routes: readonly PlainRoute[]): void {
  for (const route of routes) void app.register(async (scope) => bind(scope, route));
}

function bind(scope: FastifyInstance, route: PlainRoute): void {
  const { bodyLimit } = route;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser([...route.contentTypes], { parseAs: 'string', bodyLimit }, (_request, body, done) =>
    done(null, body),
  );
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
      contentType: (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
      body: typeof request.body === 'string' ? request.body : '',
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
