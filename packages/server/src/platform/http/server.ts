import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { sizes } from '@atrium/protocol';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { isUnavailable } from '../database/index.ts';
import type { AnsweredRequest } from '../metrics/index.ts';
import { ProblemError, problem } from '../problem/index.ts';
import { compressAnswers } from './compress.ts';
import { type HostPolicy, namesTwoHosts } from './host.ts';
import { rememberMethods } from './methods.ts';
import { traceparentOf } from './request-info.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

const REQUEST_TIMEOUT_MS = 30_000;
/** How long a refused connection stays open, so that the client can read the answer. */
const LINGER_MS = 1_000;
/** The same for a route that receives files; its data must not stall longer than on others. */
const SLOW_BODY_TIMEOUT_MS = 600_000;
const SLOW_MS = 1_000;
const YEAR_SECONDS = 31_536_000;
/** Monitoring calls these by any internal name of the machine. */
const WATCHED = /^\/(health\/|metrics(\?|$))/;

declare module 'fastify' {
  interface FastifyRequest {
    /** The user of the request, once it is known; for the log. */
    userId: string | undefined;
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take minutes. */
    slowBody?: true;
  }
}

/** Options of the HTTP server. */
export interface HttpOptions {
  log: Logger;
  /** Further origins whose pages may call the API. */
  allowedOrigins: readonly string[];
  /** Served under https, according to APP_URL. */
  secure: boolean;
  /** True once the server is stopping: running requests finish, new ones are refused. */
  isStopping(): boolean;
  isOwnHost: HostPolicy;
  /** The proxies whose forwarding headers are trusted. */
  proxies: TrustedProxies;
  /** Timeout for headers and bodies, and for answers that are not read; in milliseconds, 30 s unless given. */
  requestTimeoutMs?: number | undefined;
  /** Called after each answer; must not throw. */
  answered?(request: AnsweredRequest): void;
}

/** Creates an HTTP server with safe defaults and one error format, without routes. Does not listen. */
export async function createHttpServer({
  log,
  allowedOrigins,
  secure,
  isStopping,
  isOwnHost,
  proxies,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
  answered,
}: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    http: {
      shouldUpgradeCallback: isForSockets,
      headersTimeout: requestTimeoutMs,
      // How often Node checks for late headers.
      connectionsCheckingInterval: requestTimeoutMs,
    },
    trustProxy: proxies.trusts,
    genReqId: () => randomUUID(),
    bodyLimit: sizes.body,
    requestTimeout: SLOW_BODY_TIMEOUT_MS,
    // A client that does not read an answer at all for this long is considered gone.
    connectionTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => refuseRaw(error, socket),
    // A path that cannot be decoded reaches no hook and no handler; it gets the same error format.
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply.headers(RAW_HEADERS) as unknown as Reply, toRefusal(error), request.id);
    },
  });

  app.decorateRequest('userId', undefined);
  const methodsAt = rememberMethods(app);
  // Only requests with a hook are read; the cookie jar needs the plugin to be registered.
  await app.register(fastifyCookie, { hook: false });
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
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
    // Everyone may ask which methods a path supports, not only browsers.
    strictPreflight: false,
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
  refuseEncodedBodies(app);
  compressAnswers(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (request.routeOptions.config.slowBody === true) allowLongWork(request.raw);
    else limitBodyTime(request.raw, requestTimeoutMs);
    if (isStopping()) throw problem('unavailable', { retryAfterMs: 1_000 });
    if (namesTwoHosts(request.raw)) throw problem('invalid_input', 'The request has more than one Host header');
    if (!WATCHED.test(request.url) && !isOwnHost(proxies.hostOf(request.raw))) throw wrongHost();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const entry = {
      requestId: request.id,
      userId: request.userId,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (entry.ms > SLOW_MS) log.warn(entry, 'slow request');
    else log.debug(entry, 'request');
    answered?.({ ...entry, ms: reply.elapsedTime, traceparent: traceparentOf(request.headers) });
  });
  app.setNotFoundHandler((request, reply) => {
    // Without the query, which may contain personal data.
    const [path = ''] = request.url.split('?');
    const methods = methodsAt(path);
    if (methods.length === 0 || methods.includes(request.method)) {
      return sendProblem(reply, problem('not_found', `No route matches ${path.slice(0, 200)}`), request.id);
    }
    reply.header('allow', methods.join(', '));
    return sendProblem(reply, problem('method_not_allowed', `Allowed: ${methods.join(', ')}`), request.id);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = toRefusal(error);
    if (refusal.code === 'internal') {
      const { url: route } = request.routeOptions;
      log.error({ err: error, requestId: request.id, userId: request.userId, route }, 'a request failed');
    }
    return sendProblem(reply, refusal, request.id);
  });
  return app;
}

/**
 * Ignores offers to upgrade to an unsupported protocol, as RFC 9110 §7.8 allows: some clients offer HTTP/2 with every
 * first request. Otherwise Node would close the connection.
 */
function isForSockets({ url = '', headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && url.startsWith('/socket.io/');
}

/** One parser, for JSON; an empty body is no body. Prototype-polluting keys are rejected. */
function acceptOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) done(problem('unsupported_media_type', 'JSON is UTF-8'));
    else if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
}

/** Bodies are parsed as they are sent; a compressed one would look like malformed JSON. */
function refuseEncodedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers }) => {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      throw problem(
        'unsupported_media_type',
        `Content-Encoding must be left out; ${encoding.slice(0, 40)} is not supported`,
      );
    }
  });
}

function wrongHost(): ProblemError {
  const message = 'must match APP_URL or an allowed origin; a proxy must forward it';
  return problem('invalid_input', { errors: [{ path: 'Host', code: 'unknown_host', message }] });
}

interface Reply {
  code(status: number): Reply;
  header(name: string, value: string | number): unknown;
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

/** Answers an error in the common format, where the default is another one. */
export function sendError(reply: Reply, error: unknown, requestId: string): unknown {
  return sendProblem(reply, toRefusal(error as FastifyError), requestId);
}

function toRefusal(error: FastifyError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isUnavailable(error)) return problem('unavailable', { retryAfterMs: 1_000 });
  const { statusCode: status = 500 } = error;
  if (error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return problem('invalid_json', error.message);
  }
  if (status === 413) return problem('payload_too_large', `At most ${sizes.body} bytes`);
  if (status === 415) return problem('unsupported_media_type', 'Content-Type must be application/json');
  if (status < 400 || status >= 500) return problem('internal');
  return problem('invalid_input', { errors: [{ path: '', code: 'malformed_request', message: error.message }] });
}

/** Headers for answers to requests that are not valid HTTP. */
const RAW_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/** Refuses a request whose body has not arrived in time, in milliseconds. */
function limitBodyTime(request: IncomingMessage, timeoutMs: number): void {
  const { headers, socket } = request;
  if (headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0') return;
  // An injected request has no connection.
  if (!(socket instanceof Socket)) return;
  const refuse = () => refuseRaw(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
  const timer = setTimeout(refuse, timeoutMs);
  const stop = () => clearTimeout(timer);
  request.once('end', stop).once('close', stop);
}

/**
 * Keeps an idle connection open while uploaded files are being converted. With the answer Node sets its own timeout
 * again. An injected request has no such socket.
 */
function allowLongWork(request: IncomingMessage): void {
  request.once('end', () => request.socket.setTimeout?.(SLOW_BODY_TIMEOUT_MS));
}

/** Answers requests that are not valid HTTP, or arrived too slowly. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  const refusal = problem(
    late ? 'timeout' : large ? 'headers_too_large' : 'invalid_input',
    late || large ? {} : 'This is not a valid HTTP request',
  );
  const body = JSON.stringify(refusal.toProblem());
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${refusal.message}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...Object.entries(RAW_HEADERS).map(([name, value]) => `${name}: ${value}`),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  // The client may continue to send and never close; an immediate reset could overtake the answer.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
