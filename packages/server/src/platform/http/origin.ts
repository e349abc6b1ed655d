import type { IncomingMessage } from 'node:http';

/**
 * Decides which pages may call the server with a user's cookies: those of its own origin, by comparing Origin with
 * Host, and listed ones.
 * @param allowed listed origins, and that of the server if it is known
 */
export function createOriginPolicy(allowed: readonly string[]): (request: Pick<IncomingMessage, 'headers'>) => boolean {
  const list = new Set(allowed.map((origin) => new URL(origin).origin));
  // If https is known, a page over http has another origin: anybody on the network can forge it.
  const secureHosts = new Set(
    [...list].filter((origin) => origin.startsWith('https:')).map((origin) => new URL(origin).host),
  );
  return ({ headers }) => {
    const { origin, host } = headers;
    // Programs send no Origin; they cannot abuse a browser's cookies, which are accepted only with an origin.
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const page = new URL(origin);
    if (list.has(page.origin)) return true;
    return /^https?:$/.test(page.protocol) && page.host === host && !secureHosts.has(page.host);
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
