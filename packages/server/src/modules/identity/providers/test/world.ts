import { type TestApp, testApp } from '../../../../../test/app.ts';
import { freePort } from '../../../../../test/faults/harness/work-directory.ts';
import { Browser } from './browser.ts';
import { CLIENT, type IdentityProvider, identityProvider } from './identity-provider.ts';

/** The whole server with a real provider. */
export interface ProviderWorld {
  app: TestApp;
  provider: IdentityProvider;
  origin: string;
  /** Where a sign-in begins. */
  start: string;
  /** Where a browser that begins there ends up. */
  signIn(browser?: Browser, start?: string): Promise<URL>;
  /** Up to the callback URL, which is not requested. */
  upToCallback(browser: Browser, start?: string): Promise<URL>;
  /** The server's answer to a browser: `path` is below /api/v1. */
  api(browser: Browser, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  close(): Promise<void>;
}

export async function providerWorld(
  options: { env?: Record<string, string>; issuer?: string } = {},
): Promise<ProviderWorld> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = await identityProvider(`${origin}/api/v1/auth/oidc/sso/callback`);
  const app = await testApp({
    env: {
      PORT: String(port),
      APP_URL: origin,
      OIDC_ISSUER: options.issuer ?? provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'Example',
      ...options.env,
    },
  });
  await app.listen();
  const start = `${origin}/api/v1/auth/oidc/sso`;
  const isHome = (url: URL) => url.origin === origin && !url.pathname.startsWith('/api/');
  return {
    app,
    provider,
    origin,
    start,
    signIn: (browser = new Browser(), from = start) => browser.follow(from, isHome),
    upToCallback: (browser, from = start) => browser.follow(from, (url) => url.pathname.endsWith('/sso/callback')),
    async api(browser, path, body) {
      const url = new URL(`${origin}/api/v1${path}`);
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie: browser.cookies(url), ...(body && { origin, 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async close() {
      await app.close();
      await provider.close();
    },
  };
}
