import type { IncomingMessage } from 'node:http';
import type { Authenticator } from '../modules/identity/index.ts';
import type { Executor } from '../platform/database/index.ts';
import { type CookieJar, provesSameOrigin, restRequestInfo } from '../platform/http/index.ts';
import {
  anonymous,
  type CookieTokens,
  type OperationExecutor,
  ProblemError,
  problem,
  type UserActor,
} from '../platform/module/index.ts';
import type { ExecutorDeps, Identified } from '../platform/operations/index.ts';

/** Dependencies for identifying the sender of a request. */
export interface IdentifyDeps {
  db: Executor;
  authenticate: Authenticator;
  cookies: CookieJar;
  isAllowedOrigin(request: Pick<IncomingMessage, 'headers'>): boolean;
  executor: OperationExecutor;
}

interface RestRequest {
  id: string;
  ip: string;
  method: string;
  headers: IncomingMessage['headers'];
}

function bearerOf(authorization: string | undefined): string | undefined {
  return authorization?.match(/^Bearer (.+)$/i)?.[1];
}

/**
 * Identifies the sender of an HTTP request by bearer token, or by cookies, which are refreshed if they have expired.
 */
export function createRestIdentification(deps: IdentifyDeps) {
  const { db, authenticate, cookies } = deps;

  return async function identify(request: RestRequest): Promise<Identified> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = bearerOf(authorization);
      if (token === undefined) throw problem('invalid_token', 'Send Authorization: Bearer <token>');
      return { actor: await authenticate(db, token) };
    }
    const { accessToken, refreshToken } = cookies.read(request.headers.cookie);
    if (accessToken === undefined && refreshToken === undefined) return { actor: anonymous };
    const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (isWrite && !provesSameOrigin(request, deps.isAllowedOrigin)) throw problem('origin_refused');
    if (accessToken !== undefined) {
      try {
        return { actor: await authenticate(db, accessToken) };
      } catch (error) {
        if (!isExpired(error) || refreshToken === undefined) throw error;
      }
    }
    return renew(request, refreshToken);
  };

  /** The same as `auth.refresh`, done by the server so that a browser does not have to handle tokens. */
  async function renew(request: RestRequest, refreshCookie: string | undefined): Promise<Identified> {
    let renewed: CookieTokens | undefined;
    await deps.executor.execute({
      name: 'auth.refresh',
      input: {},
      actor: anonymous,
      request: { ...restRequestInfo(request), refreshCookie },
      cookies: {
        set(tokens) {
          renewed = tokens;
        },
        clear() {},
      },
    });
    if (renewed === undefined) throw problem('invalid_token');
    return { actor: await authenticate(db, renewed.accessToken), renewed };
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'token_expired';
}

/**
 * Identifies who opens a socket: by `auth.token` with or without "Bearer ", the Authorization header, or the cookie of
 * a page from an allowed origin. Throws `unauthenticated`, `invalid_token`, `token_expired`, `scope_missing`, and
 * `unverified_email` if people with an unverified address may do nothing.
 */
export function createSocketIdentification(
  deps: Pick<IdentifyDeps, 'db' | 'authenticate' | 'cookies'> & Pick<ExecutorDeps, 'unverifiedMay'>,
) {
  return async function identify(
    request: IncomingMessage | undefined,
    token: string | undefined,
  ): Promise<{ actor: UserActor; token: string }> {
    const given = token === undefined ? bearerOf(request?.headers.authorization) : (bearerOf(token) ?? token);
    // A cookie without an origin is not from one of our pages; the origin itself was checked before the handshake.
    const fromCookie = request?.headers.origin === undefined ? undefined : deps.cookies.read(request.headers.cookie);
    const accessToken = given ?? fromCookie?.accessToken;
    if (accessToken === undefined || accessToken === '') throw problem('unauthenticated');
    const actor = await deps.authenticate(deps.db, accessToken);
    // Receiving the stream needs the scope `read`, whatever else is done on the connection.
    if (actor.scopes?.includes('read') === false)
      throw problem('scope_missing', 'A connection needs the scope "read".');
    if (!actor.emailVerified && (await deps.unverifiedMay()) === 'nothing') throw problem('unverified_email');
    return { actor, token: accessToken };
  };
}
