import type { IncomingMessage } from 'node:http';

/**
 * Decides which pages may call the server with a user's cookies: those of its own origin, by comparing Origin with
 * Host, and listed ones.
 */
export function createOriginPolicy(allowed: readonly string[]): (request: Pick<IncomingMessage, 'headers'>) => boolean {
  const list = new Set(allowed.map((origin) => new URL(origin).origin));
  return ({ headers }) => {
    const { origin, host } = headers;
    // Programs send no Origin; they cannot abuse a browser's cookies, which count only with an origin.
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const page = new URL(origin);
    return list.has(page.origin) || (/^https?:$/.test(page.protocol) && page.host === host);
  };
}

/**
 * True if a write with cookies comes from an allowed page, which browsers declare in Origin or Sec-Fetch-Site.
 * @param isAllowedOrigin from createOriginPolicy
 */
export function provesSameOrigin(
  request: Pick<IncomingMessage, 'headers'>,
  isAllowedOrigin: (request: Pick<IncomingMessage, 'headers'>) => boolean,
): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) return isAllowedOrigin(request);
  return request.headers['sec-fetch-site'] === 'same-origin';
}
