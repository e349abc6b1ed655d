import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../test/faults/harness/work-directory.ts';
import { ProviderUnavailable } from './discovery.ts';
import { createProvider } from './provider.ts';
import { Browser } from './test/browser.ts';
import { type Forgery, forger } from './test/forger.ts';
import { type ProviderWorld, providerWorld } from './test/world.ts';

const now = () => Math.floor(Date.now() / 1000);

describe("a provider's token is accepted only if it is signed for us and valid now", () => {
  let world: ProviderWorld;
  let issuer: Awaited<ReturnType<typeof forger>>;
  beforeAll(async () => {
    issuer = await forger();
    world = await providerWorld({ issuer: issuer.issuer });
  });
  afterAll(async () => {
    await world.close();
    await issuer.close();
  });

  const forgeries: [string, Forgery][] = [
    ['by another issuer', { claims: { iss: 'https://accounts.example.org' } }],
    ['for another client', { claims: { aud: 'another' } }],
    ['for several, of whom we were not the one that asked', { claims: { aud: ['atrium', 'b'], azp: 'b' } }],
    ['that has ended', { claims: { exp: now() - 120 } }],
    ['that never ends', { claims: { exp: undefined } }],
    ['of no person', { claims: { sub: undefined } }],
    ['of a person with a name that cannot be stored', { claims: { sub: 'a\0b' } }],
    ['of a person with a name without end', { claims: { sub: 's'.repeat(300) } }],
    ['for no question', { claims: { nonce: undefined } }],
    ['for another question', { claims: { nonce: 'another' } }],
    ['signed with a key that is not the provider’s', { signature: 'foreign' }],
    ['signed by nobody', { signature: 'none' }],
    ['with a refusal', { status: 400 }],
  ];

  it.each(forgeries)('does not accept a token %s', async (_name, forgery) => {
    issuer.forges(forgery);
    const browser = new Browser();
    expect((await world.signIn(browser)).href).toBe(`${world.origin}/login?error=sso_auth_failed`);
    expect(browser.value('atrium_access')).toBeUndefined();
  });

  it('reports a provider that fails as unavailable', async () => {
    issuer.forges({ status: 500 });
    expect((await world.signIn()).search).toBe('?error=provider_unavailable');
  });

  it('reports a provider that does not answer within 5 s as unavailable', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const quicker = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 50));
    try {
      issuer.forges({ silent: true });
      expect((await world.signIn()).search).toBe('?error=provider_unavailable');
      expect(quicker).toHaveBeenCalledWith(5_000);
    } finally {
      quicker.mockRestore();
    }
  });

  it('accepts a valid token', async () => {
    issuer.forges({});
    expect((await world.signIn()).href).toBe(`${world.origin}/`);
  });

  it.each([
    ['Ann\r\nBcc: all@example.org', 'someone'],
    ['A', 'someone'],
    [{ first: 'Ann' }, 'someone'],
    ['  Ann Example  ', 'Ann Example'],
    ['a'.repeat(300), 'a'.repeat(100)],
  ])('takes the name %j for what it is', async (name, expected) => {
    const email = `${Math.random()}@example.org`.replace('0.', 'someone+');
    issuer.forges({ claims: { sub: email, email, name } });
    const browser = new Browser();
    await world.signIn(browser);
    const { body } = await world.api(browser, '/users/me');
    expect(String(body.name).replace(/\+.*/, '')).toBe(expected);
  });
});

describe('an unavailable provider', () => {
  it('does not prevent the start', async () => {
    const world = await providerWorld({ issuer: `http://localhost:${await freePort()}` });
    try {
      const before = await world.signIn();
      expect(before.href).toBe(`${world.origin}/login?error=provider_unavailable`);
    } finally {
      await world.close();
    }
  });

  it('is used when it is back', async () => {
    const port = await freePort();
    const issuer = `http://localhost:${port}`;
    const config = { id: 'sso' as const, name: 'Example', issuer, clientId: 'atrium', clientSecret: 'secret' };
    let nowMs = Date.now();
    const provider = createProvider(config, 'http://localhost', { now: () => new Date(nowMs) });
    await expect(provider.ask()).rejects.toBeInstanceOf(ProviderUnavailable);
    const server = http.createServer((_request, response) => {
      const body = JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        jwks_uri: `${issuer}/keys`,
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      // It is not asked again immediately.
      nowMs += 1_999;
      await expect(provider.ask()).rejects.toBeInstanceOf(ProviderUnavailable);
      nowMs += 1;
      expect((await provider.ask()).url).toMatch(new RegExp(`^${issuer}/authorize\\?`));
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it.each([
    ['without the final slash', '/realm/', '/realm'],
    ['with a final slash', '/realm', '/realm/'],
  ])('is no provider whose issuer was configured %s', async (_, announced, configured) => {
    const server = await announcing(announced);
    try {
      const provider = providerAt(`${server.origin}${configured}`);
      expect((await provider.ask()).url).toContain(`${server.origin}/authorize?`);
    } finally {
      await server.close();
    }
  });

  it('includes one whose issuer is not the configured one: the error names both', async () => {
    const server = await announcing('/other');
    try {
      const issuer = `${server.origin}/realm`;
      await expect(providerAt(issuer).ask()).rejects.toMatchObject({
        cause: { message: `the configured issuer is ${issuer}, the provider calls itself ${server.origin}/other` },
      });
    } finally {
      await server.close();
    }
  });

  it('is reported to a person who returns from it', async () => {
    const world = await providerWorld();
    try {
      world.provider.signsIn('someone', { email: 'someone@example.org', email_verified: true });
      const browser = new Browser();
      const callback = await world.upToCallback(browser);
      await world.provider.close();
      expect((await world.signIn(browser, callback.href)).search).toBe('?error=provider_unavailable');
    } finally {
      await world.app.close();
    }
  });
});

function providerAt(issuer: string) {
  const config = { id: 'sso' as const, name: 'Example', issuer, clientId: 'atrium', clientSecret: 'secret' };
  return createProvider(config, 'http://localhost', { now: () => new Date() });
}

/** A provider whose metadata has the issuer `<origin><path>`, whatever URL it is asked at. */
async function announcing(path: string) {
  const server = http.createServer((_request, response) => {
    const body = {
      issuer: `${origin}${path}`,
      authorization_endpoint: `${origin}/authorize`,
      jwks_uri: `${origin}/keys`,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
