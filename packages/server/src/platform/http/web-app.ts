import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isServerPath } from '@atrium/protocol/rules';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const YEAR_MS = 365 * 86_400_000;

/**
 * Content security policy of the app: nothing inline, nothing from elsewhere. Script sinks accept only the policy
 * `atrium`, which returns the URL of the service worker.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  // If a form's script does not run, the form must not put a password into the URL.
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types atrium',
].join('; ');

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy': POLICY,
};

const WORKER_HEADERS = { 'cache-control': 'no-cache', 'content-security-policy': POLICY };

/**
 * Serves the built app: its hashed files below /web, cached indefinitely, its page at `/`, and at every other path that
 * requests HTML. Serves nothing if the folder has no build.
 * @param folder the folder of the build, with index.html and web/
 * @returns whether there is a build
 */
export async function serveWebApp(app: FastifyInstance, folder: string): Promise<boolean> {
  const indexFile = path.join(folder, 'index.html');
  if (!existsSync(indexFile)) return false;
  const page = readFileSync(indexFile, 'utf8');
  await app.register(fastifyStatic, {
    root: path.join(folder, 'web'),
    prefix: '/web/',
    index: false,
    redirect: false,
    preCompressed: true,
    immutable: true,
    maxAge: YEAR_MS,
  });
  // A service worker controls the URLs beside it, so it has its own; browsers check for a new one often.
  app.get('/sw.js', async (_request, reply) =>
    reply.headers(WORKER_HEADERS).sendFile('sw.js', folder, { cacheControl: false }),
  );
  app.get('/*', async (request, reply) => {
    if (!wantsPage(request)) return reply.callNotFound();
    return reply.headers(PAGE_HEADERS).send(page);
  });
  return true;
}

/**
 * Whether to answer with the page. Browsers ask for HTML by name; programs such as curl and monitors take anything and
 * get it at `/` alone, so that a mistake in the URL of an operation is a 404 and not a page.
 */
function wantsPage({ url, headers: { accept = '*/*' } }: FastifyRequest): boolean {
  const [address = ''] = url.split('?');
  if (isServerPath(address)) return false;
  return accept.includes('text/html') || (address === '/' && /(^|,)\s*(text\/\*|\*\/\*)/.test(accept));
}
