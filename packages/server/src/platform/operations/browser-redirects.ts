import type { Operation } from '@atrium/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createShortLivedCookie, restRequestInfo } from '../http/index.ts';
import { createQueryReader } from './query.ts';
import { cookiesOf, identifyFor, type RestDeps } from './rest.ts';

const COOKIE_SECONDS = 600;

/** Where the browser goes next, and the value of its cookie; without one the cookie is cleared. */
export interface RedirectAnswer extends Record<string, unknown> {
  location: string;
  cookie?: string | undefined;
}

/**
 * Registers a GET route below /api/v1 for every browser redirect, such as to a sign-in provider and back. Redirects run
 * through the same executor as operations but are not part of the contract: API clients do not call them, and sockets
 * cannot redirect. An input field `search` receives the raw query string, whose parameters are chosen by the other site;
 * a field `cookie` receives the value that the previous redirect stored.
 */
export function bindBrowserRedirects(
  app: FastifyInstance,
  deps: Omit<RestDeps, 'limiter' | 'unread'> & { secure: boolean },
): void {
  const cookie = createShortLivedCookie('atrium_redirect', { secure: deps.secure, seconds: COOKIE_SECONDS });

  function inputOf(operation: Operation, request: FastifyRequest): Record<string, unknown> {
    const { shape } = operation.input;
    const at = request.url.indexOf('?');
    const query = Object.hasOwn(shape, 'search')
      ? { search: at < 0 ? '' : request.url.slice(at) }
      : createQueryReader(operation.input)(request.query as Record<string, unknown>);
    const stored = Object.hasOwn(shape, 'cookie') ? { cookie: cookie.read(request.headers.cookie) } : {};
    return { ...query, ...stored, ...(request.params as Record<string, unknown>) };
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
        const { location, cookie: value } = data as RedirectAnswer;
        sent = [...pending.headers(), value === undefined ? cookie.clear() : cookie.set(value)];
        return reply.redirect(location, 303);
      } finally {
        if (sent.length > 0) reply.header('set-cookie', sent);
      }
    };
    app.route({ method: 'GET', url: `/api/v1${operation.path}`, exposeHeadRoute: false, handler });
  }
}
