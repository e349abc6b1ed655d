import { hasBody, isCommand, isOpen, type Operation, pathKeys } from '@atrium/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type CookieJar, restRequestInfo } from '../http/index.ts';
import type { Limiter } from '../limits/index.ts';
import { callerKey, type UnreadBytes } from '../load/index.ts';
import { type Actor, anonymous, type Cookies, type CookieTokens, type OperationExecutor } from '../module/index.ts';
import { ProblemError, problem } from '../problem/index.ts';
import { readKey } from './key.ts';
import { filesOf } from './multipart.ts';
import { createQueryReader } from './query.ts';

/** The caller of a request, and renewed cookies for it. */
export interface Identified {
  actor: Actor;
  renewed?: CookieTokens | undefined;
}

export interface RestDeps {
  executor: OperationExecutor;
  limiter: Limiter;
  /** Counts unread data by user. */
  unread: UnreadBytes;
  cookies: CookieJar;
  /** Reads the bearer token or the cookies. Throws a problem for invalid credentials. */
  identify(request: FastifyRequest): Promise<Identified>;
}

/** Registers a route below /api/v1 for every operation. */
export function bindRoutes(app: FastifyInstance, deps: RestDeps): void {
  for (const { operation } of deps.executor.operations.values()) {
    for (const path of [operation.path, operation.alias]) {
      if (path === undefined) continue;
      const route: RouteOptions = {
        method: operation.method,
        url: `/api/v1${path}`,
        handler: createHandler(operation, path, deps),
        onSend: async (request, reply, payload) => countUnread(deps.unread, request, reply, payload),
      };
      if (operation.files === true) bindUpload(app, route);
      else app.route(route);
    }
  }
}

/** Its body, of any type, is not read until the operation reads it. */
function bindUpload(app: FastifyInstance, route: RouteOptions): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null, undefined));
    scope.route({ ...route, config: { ...route.config, slowBody: true } });
  });
}

const callers = new WeakMap<FastifyRequest, string>();

/** Until the answer has left this process it counts as unread. */
function countUnread(unread: UnreadBytes, request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  const caller = callers.get(request);
  if (caller === undefined || typeof payload !== 'string') return;
  const bytes = Buffer.byteLength(payload);
  reply.raw.once(
    'close',
    unread.watch(caller, () => bytes),
  );
}

function createHandler(operation: Operation, path: string, deps: RestDeps) {
  const fromPath = pathKeys(path);
  const readQuery = createQueryReader(operation.input);
  const inBody = hasBody(operation);

  return async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { actor, renewed } = await identifyFor(operation, request, deps);
    const pending = cookiesOf(deps.cookies);
    // The tokens were exchanged, whatever happens next: a browser that never got the new pair would be signed out.
    if (renewed !== undefined) pending.set(renewed);
    const userId = actor.kind === 'user' ? actor.userId : undefined;
    request.userId = userId;
    callers.set(request, callerKey({ actor, ip: request.ip }));
    let sent = pending.headers();
    try {
      const answer = await deps.executor.execute({
        name: operation.name,
        input: readInput(request, fromPath, inBody, readQuery),
        actor,
        key: isCommand(operation) ? readKey(request.headers['idempotency-key'], 'Idempotency-Key') : undefined,
        files: operation.files === true ? filesOf(request.raw) : undefined,
        cookies: pending,
        request: {
          ...restRequestInfo(request),
          refreshCookie: deps.cookies.read(request.headers.cookie).refreshToken,
        },
      });
      sent = pending.headers();
      if (answer.replayed) reply.header('idempotency-replayed', 'true');
      reply.code(answer.status);
      // Returned, not sent: later hooks are part of it.
      return answer.data;
    } finally {
      if (sent.length > 0) reply.header('set-cookie', sent);
      const { limit, remaining, resetMs } = await deps.limiter.state(operation.limit, request.ip, userId);
      reply.header('ratelimit-limit', limit);
      reply.header('ratelimit-remaining', remaining);
      reply.header('ratelimit-reset', Math.ceil(resetMs / 1000));
    }
  };
}

/** On public operations, invalid credentials are not a reason for a refusal: they may be sent to be renewed. */
export async function identifyFor(
  operation: Operation,
  request: FastifyRequest,
  deps: Pick<RestDeps, 'identify'>,
): Promise<Identified> {
  if (!isOpen(operation)) return deps.identify(request);
  return deps.identify(request).catch((error: unknown) => {
    if (error instanceof ProblemError && error.status === 401) return { actor: anonymous };
    throw error;
  });
}

function readInput(
  request: FastifyRequest,
  fromPath: readonly string[],
  inBody: boolean,
  readQuery: (query: Record<string, unknown>) => Record<string, unknown>,
): unknown {
  const params = request.params as Record<string, unknown>;
  const query = request.query as Record<string, unknown>;
  if (!inBody) return { ...refuseKeys(readQuery(query), fromPath), ...params };
  const body = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw problem('invalid_input', {
      errors: [{ path: '', code: 'invalid_type', message: 'the body must be an object' }],
    });
  }
  refuseKeys(query, Object.keys(query));
  return { ...refuseKeys(body as Record<string, unknown>, fromPath), ...params };
}

/** Path parameters may not be repeated elsewhere. */
function refuseKeys(values: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const errors = keys
    .filter((key) => Object.hasOwn(values, key))
    .map((key) => ({ path: key.slice(0, 64), code: 'unknown_key', message: 'does not belong here' }));
  if (errors.length > 0) throw problem('invalid_input', { errors });
  return values;
}

/** Keeps changes to the cookies until the transaction has committed; a retry overwrites those of the first attempt. */
export function cookiesOf(jar: CookieJar): Cookies & { headers(): string[] } {
  let headers: string[] = [];
  return {
    headers: () => headers,
    set: (tokens) => {
      headers = jar.set(tokens);
    },
    clear: () => {
      headers = jar.clear();
    },
  };
}
