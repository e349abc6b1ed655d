import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const YEAR_MS = 365 * 86_400_000;
/** Addresses below which there are never pages of the app. */
const NO_PAGES = ['/api', '/socket.io', '/web', '/assets', '/health', '/docs'];

/**
 * What the app may load and do. Nothing inline, nothing from elsewhere; a script reaches the sinks of the DOM that
 * execute text only through the policy `atrium`, which serves the address of the service worker.
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
  // A form that its script does not take in hand must not put a password into an address.
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

/**
 * Serves the built app: its hashed files below /web for good, and its page at every address that asks for HTML and that
 * nothing else answers. Serves nothing when the folder holds no build.
 * @param folder of the build, with index.html and web/
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
  app.get('/*', async (request, reply) => {
    if (!wantsPage(request)) return reply.callNotFound();
    return reply.headers(PAGE_HEADERS).send(page);
  });
  return true;
}

function wantsPage({ url, headers }: FastifyRequest): boolean {
  const [address = ''] = url.split('?');
  const isElsewhere = NO_PAGES.some((prefix) => address === prefix || address.startsWith(`${prefix}/`));
  return !isElsewhere && (headers.accept ?? '').includes('text/html');
}
