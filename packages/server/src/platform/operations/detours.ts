import type { Operation } from '@atrium/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createBriefCookie, restRequestInfo } from '../http/index.ts';
import { createQueryReader } from './query.ts';
import { cookiesOf, identifyFor, type RestDeps } from './rest.ts';

/** How long a browser keeps what a detour gave it. */
const KEPT_SECONDS = 600;

/**
 * What a detour answers: where the browser goes next, and what it keeps until the detour that comes after (nothing: it
 * forgets what it kept).
 */
export interface DetourAnswer extends Record<string, unknown> {
  location: string;
  keep?: string | undefined;
}

/**
 * Makes a route below /api/v1 of every detour: a GET through which a browser is sent on its way elsewhere and back.
 * Detours take the road of all operations, but are none: no program calls them, and the socket has no redirects. An
 * operation whose input has `search` gets the query as it stands there, since others decide what is in it; one whose
 * input has `kept` gets what the browser kept.
 */
export function bindDetours(app: FastifyInstance, deps: Omit<RestDeps, 'limiter'> & { secure: boolean }): void {
  const kept = createBriefCookie('atrium_detour', { secure: deps.secure, seconds: KEPT_SECONDS });

  function inputOf(operation: Operation, request: FastifyRequest): Record<string, unknown> {
    const { shape } = operation.input;
    const at = request.url.indexOf('?');
    const query = Object.hasOwn(shape, 'search')
      ? { search: at < 0 ? '' : request.url.slice(at) }
      : createQueryReader(operation.input)(request.query as Record<string, unknown>);
    const memory = Object.hasOwn(shape, 'kept') ? { kept: kept.read(request.headers.cookie) } : {};
    return { ...query, ...memory, ...(request.params as Record<string, unknown>) };
  }

  for (const { operation } of deps.executor.operations.values()) {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const { actor, renewed } = await identifyFor(operation, request, deps);
      const pending = cookiesOf(deps.cookies);
      if (renewed !== undefined) pending.set(renewed);
      let sent = pending.headers();
      try {
        const { data } = await deps.executor.execute({
          name: operation.name,
          input: inputOf(operation, request),
          actor,
          cookies: pending,
          request: restRequestInfo(request),
        });
        const { location, keep } = data as DetourAnswer;
        sent = [...pending.headers(), keep === undefined ? kept.clear() : kept.set(keep)];
        return reply.redirect(location, 303);
      } finally {
        if (sent.length > 0) reply.header('set-cookie', sent);
      }
    };
    app.route({ method: 'GET', url: `/api/v1${operation.path}`, exposeHeadRoute: false, handler });
  }
}
