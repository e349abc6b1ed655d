import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CookieJar, restRequestInfo } from '../http/index.ts';
import type { Limiter } from '../limits/index.ts';
import type { Log } from '../log/index.ts';
import { type Actor, anonymous, type Content, type ContentRoute } from '../module/index.ts';
import { type ByteRange, rangeOf } from './byte-range.ts';
import { conditionOf, isSameRange } from './conditional.ts';
import { contentDisposition } from './content-disposition.ts';
import { cookiesOf, type RestDeps } from './rest.ts';

export interface ContentDeps {
  limiter: Limiter;
  log: Log;
  cookies: CookieJar;
  identify: RestDeps['identify'];
}

/** Serves files, whole or in part. */
export function bindContents(app: FastifyInstance, routes: readonly ContentRoute[], deps: ContentDeps): void {
  for (const route of routes) {
    app.route({
      method: ['GET', 'HEAD'],
      url: `/api/v1${route.path}`,
      handler: (request, reply) => serve(route, request, reply, deps),
    });
  }
}

async function serve(route: ContentRoute, request: FastifyRequest, reply: FastifyReply, deps: ContentDeps) {
  const content = await route.find({
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    info: restRequestInfo(request),
    identify: () => identify(request, reply, deps, route.signedOutLimit),
  });
  describe(reply, content);
  const condition = conditionOf(request.headers, content);
  if (condition !== undefined) return reply.code(condition).send();
  const range = isSameRange(request.headers, content) ? rangeOf(request.headers.range, content.bytes) : 'whole';
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${content.bytes}`).send();
  return send(request, reply, content, range, deps.log);
}

/** Counts the request too: who is not signed in may be guessing. */
async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: ContentDeps,
  signedOutLimit: ContentRoute['signedOutLimit'] = 'public',
): Promise<Actor> {
  const { actor, renewed } = await deps.identify(request);
  if (renewed !== undefined) {
    const pending = cookiesOf(deps.cookies);
    pending.set(renewed);
    reply.header('set-cookie', pending.headers());
  }
  if (actor.kind === 'user') await deps.limiter.enter('user', request.ip, actor.userId);
  else await deps.limiter.enter(signedOutLimit, request.ip, undefined);
  return actor.kind === 'user' ? actor : anonymous;
}

/** Nothing of it may run, whatever type a browser detects. */
function describe(reply: FastifyReply, { etag, lastModified, name, inline }: Content): void {
  reply.headers({
    'accept-ranges': 'bytes',
    // Each use revalidates: permissions can change.
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(name, inline),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    etag,
    'last-modified': lastModified.toUTCString(),
  });
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  content: Content,
  range: ByteRange | 'whole',
  log: Log,
): Promise<unknown> {
  const isWhole = range === 'whole';
  reply.type(content.type).header('content-length', isWhole ? content.bytes : range.end - range.start + 1);
  if (!isWhole) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${content.bytes}`);
  }
  if (request.method === 'HEAD') return reply.send();
  const stream = await content.open(isWhole ? undefined : range);
  stream.once('error', (error) => log.error({ err: error, requestId: request.id }, 'a download failed'));
  return reply.send(stream);
}
