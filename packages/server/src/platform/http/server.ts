import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { sizes } from '@atrium/protocol';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { isUnavailable } from '../database/index.ts';
import { ProblemError, problem } from '../operations/problem-error.ts';

const REQUEST_TIMEOUT_MS = 30_000;
const SLOW_MS = 1_000;
const YEAR_SECONDS = 31_536_000;

/** What the HTTP server needs to know. */
export interface HttpOptions {
  log: Logger;
  /** Origins beyond our own whose pages may call the API. */
  allowedOrigins: readonly string[];
  /** Served under https, as APP_URL says. */
  secure: boolean;
}

/** An HTTP server with safe defaults, the one error shape, and no routes. Never listens. */
export async function createHttpServer({ log, allowedOrigins, secure }: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: sizes.body,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => refuseRaw(error, socket),
  });

  // Without a hook it reads no request; the cookie jar's reading and writing works only once it is registered.
  await app.register(fastifyCookie, { hook: false });
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    xPoweredBy: true,
  });
  await app.register(fastifyCors, {
    origin: allowedOrigins.map((origin) => new URL(origin).origin),
    credentials: true,
    maxAge: 600,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'retry-after',
      'idempotency-replayed',
    ],
  });
  acceptOnlyJson(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    const entry = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (entry.ms > SLOW_MS) log.warn(entry, 'slow request');
    else log.debug(entry, 'request');
  });
  app.setNotFoundHandler((request, reply) => {
    const refusal = problem('not_found', `There is nothing at ${request.method} ${request.url.slice(0, 200)}`);
    return sendProblem(reply, refusal, request.id);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = toRefusal(error);
    if (refusal.code === 'internal') log.error({ err: error, requestId: request.id }, 'a request failed');
    return sendProblem(reply, refusal, request.id);
  });
  return app;
}

/** One parser, for JSON; an empty body is no body. Keys that reach for prototypes are refused. */
function acceptOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}

interface Reply {
  code(status: number): Reply;
  header(name: string, value: string | number): Reply;
  type(type: string): Reply;
  send(payload: unknown): unknown;
}

function sendProblem(reply: Reply, refusal: ProblemError, requestId: string): unknown {
  const { retryAfterMs } = refusal.details;
  if (retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1000)));
  return reply
    .code(refusal.status)
    .type('application/problem+json')
    .send(JSON.stringify(refusal.toProblem(requestId)));
}

function toRefusal(error: FastifyError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isUnavailable(error)) return problem('unavailable', { retryAfterMs: 1_000 });
  switch (error.statusCode) {
    case 400:
      return problem('invalid_json', error.message);
    case 413:
      return problem('payload_too_large', `At most ${sizes.body} bytes`);
    case 415:
      return problem('unsupported_media_type', 'Content-Type must be application/json');
    default:
      return problem('internal');
  }
}

/** Answers what is not even HTTP, or came too slowly. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  const refusal = problem(
    late ? 'timeout' : large ? 'payload_too_large' : 'invalid_input',
    late || large ? {} : 'This is not a valid HTTP request',
  );
  const body = JSON.stringify(refusal.toProblem());
  socket.end(
    `HTTP/1.1 ${refusal.status} ${refusal.message}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
