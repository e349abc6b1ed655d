import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';

/** A request as it came, its body unread. */
export interface PlainRequest {
  params: Readonly<Record<string, string>>;
  headers: FastifyRequest['headers'];
  /** In lower case, without parameters; '' when none was given. */
  contentType: string;
  body: string;
  ip: string;
}

export interface PlainAnswer {
  status: number;
  text: string;
  retryAfterMs?: number | undefined;
}

/**
 * An address that speaks the language of others: any body as text, answers in plain text. For what is written against
 * another server; every capability of our own is an operation.
 */
export interface PlainRoute {
  /** Below /api/v1. */
  path: string;
  /** Bytes of a body. */
  bodyLimit: number;
  contentTypes: readonly string[];
  /** Answers a POST. What it throws is answered by `refuse`. */
  handle(request: PlainRequest): Promise<PlainAnswer>;
  /** Answers what never got to `handle`, and what it threw. `status` is that of the HTTP server. */
  refuse(error: unknown, status: number): PlainAnswer;
}

/** Binds the routes, each with its own body parser and its own way to say no. */
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
