import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** What the provider says about a person. */
export interface Claims {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export const CLIENT = { id: 'atrium', secret: 'a-secret-of-the-client-that-nobody-may-see' };

/**
 * A real OpenID provider on loopback. Everybody who comes to it signs in as `next`, or declines if that is undefined.
 * @param redirectUri the only URL that it redirects to
 */
export async function identityProvider(redirectUri: string) {
  const people = new Map<string, Claims>();
  let next: string | undefined;

  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // On another host than the server: cookies do not distinguish ports.
  const issuer = `http://localhost:${port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const scope = 'openid email profile';

  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'test' }] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: { keys: ['one key of a test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => {
      const claims = people.get(accountId);
      return claims && { accountId, claims: () => ({ sub: accountId, ...claims }) };
    },
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ clientId: CLIENT.id, accountId: String(oidc.session?.accountId) });
      grant.addOIDCScope(scope);
      await grant.save();
      return grant;
    },
  });

  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    const declined = { error: 'access_denied', error_description: 'The person did not agree' };
    const result = next === undefined ? declined : { login: { accountId: next } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });

  return {
    issuer,
    /** Sets the person who signs in from now on; creates them, or changes their claims. */
    signsIn(subject: string, claims?: Claims): void {
      if (claims !== undefined) people.set(subject, claims);
      next = subject;
    },
    declines(): void {
      next = undefined;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type IdentityProvider = Awaited<ReturnType<typeof identityProvider>>;
