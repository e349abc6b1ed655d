import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { CLIENT } from './identity-provider.ts';

/** The fault of a token. */
export interface Forgery {
  /** Replaces valid claims; undefined leaves one out. */
  claims?: Record<string, unknown>;
  /** Signed by a key other than the provider's, or not at all. */
  signature?: 'foreign' | 'none';
  /** The provider sends this answer instead. */
  status?: number;
  /** The provider does not answer at all. */
  silent?: boolean;
}

/** An OpenID provider that answers as a test wants, as a broken or hostile one would. */
export async function forger() {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  let forgery: Forgery = {};
  let nonce: string | null = null;
  let issuer = '';

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: CLIENT.id, sub: 'someone', iat: now, exp: now + 60, nonce };
    const claims: JWTPayload = {
      ...right,
      email: 'someone@forged.example',
      email_verified: true,
      ...forgery.claims,
    };
    if (forgery.signature === 'none') return new UnsecuredJWT(claims).encode();
    const { privateKey } = forgery.signature === 'foreign' ? foreign : own;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(privateKey);
  }

  const answers: Record<string, () => Promise<unknown>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      // Accepts the secret in the body only, as some providers do.
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    }),
    '/keys': async () => ({ keys: [{ ...(await exportJWK(own.publicKey)), alg: 'RS256', use: 'sig', kid: 'own' }] }),
    '/token': async () => ({ access_token: 'opaque', token_type: 'Bearer', id_token: await idToken() }),
  };

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/authorize') {
      nonce = url.searchParams.get('nonce');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'a-code');
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return void response.writeHead(303, { location: back.href }).end();
    }
    if (url.pathname === '/token' && forgery.silent) return;
    const status = url.pathname === '/token' ? (forgery.status ?? 200) : 200;
    void answers[url.pathname]?.().then((body) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    forges(next: Forgery): void {
      forgery = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
