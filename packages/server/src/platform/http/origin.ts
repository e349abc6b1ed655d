import type { IncomingMessage } from 'node:http';

/**
 * Decides which pages may speak to the server with a person's cookies.
 * A page of our own origin always may, found by comparing its Origin with the Host it asks for; others by the list.
 */
export function createOriginPolicy(allowed: readonly string[]): (request: Pick<IncomingMessage, 'headers'>) => boolean {
  const list = new Set(allowed.map((origin) => new URL(origin).origin));
  return ({ headers }) => {
    const { origin, host } = headers;
    // Programs send none; they cannot ride on a browser's cookies, which count only with an origin.
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const page = new URL(origin);
    return list.has(page.origin) || (/^https?:$/.test(page.protocol) && page.host === host);
  };
}

/**
 * True when a write with cookies comes from a page that may send it: browsers say so in Origin or Sec-Fetch-Site.
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
