import * as oidc from 'openid-client';

/** How long one request to a provider may take, in seconds. */
const TIMEOUT_SECONDS = 5;
/** How long a provider's metadata is used before it is fetched again. */
const FRESH_MS = 60 * 60_000;
/** How long a provider that did not answer is not asked again, so that waiting sign-ins do not flood it. */
const PAUSE_MS = 2_000;

/** The configuration of a provider's client. */
export interface ProviderClient {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** The provider does not answer, or sends an invalid answer. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/**
 * Fetches a provider's metadata when it is first needed, and again after some time. While a known provider is
 * unavailable, its previous metadata is used.
 * @returns rejects with ProviderUnavailable
 */
export function createDiscovery(client: ProviderClient, clock: { now(): Date }): () => Promise<oidc.Configuration> {
  let known: { configuration: oidc.Configuration; at: number } | undefined;
  let asking: Promise<oidc.Configuration> | undefined;
  let failed: { error: ProviderUnavailable; at: number } | undefined;

  async function ask(): Promise<oidc.Configuration> {
    const now = clock.now().getTime();
    try {
      const configuration = await discover(client);
      known = { configuration, at: now };
      failed = undefined;
      return configuration;
    } catch (error) {
      failed = { error: new ProviderUnavailable('no discovery', { cause: error }), at: now };
      if (known !== undefined) return known.configuration;
      throw failed.error;
    } finally {
      asking = undefined;
    }
  }

  return async () => {
    const now = clock.now().getTime();
    if (known !== undefined && now - known.at < FRESH_MS) return known.configuration;
    if (failed !== undefined && now - failed.at < PAUSE_MS) {
      if (known !== undefined) return known.configuration;
      throw failed.error;
    }
    asking ??= ask();
    return asking;
  };
}

/** Some providers end their issuer with a slash, and some people do not copy it. */
async function discover(client: ProviderClient): Promise<oidc.Configuration> {
  try {
    return await discoverAt(client.issuer, client);
  } catch (error) {
    const announced = announcedIssuer(error);
    if (announced === undefined) throw error;
    if (withoutSlash(announced) === withoutSlash(client.issuer)) return discoverAt(announced, client);
    throw new Error(`the configured issuer is ${client.issuer}, the provider calls itself ${announced}`, {
      cause: error,
    });
  }
}

const withoutSlash = (issuer: string) => issuer.replace(/\/$/, '');

/** The issuer that the provider announces, if it differs from the configured one. */
function announcedIssuer(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, cause } = at as { code?: unknown; cause?: { body?: { issuer?: unknown } } };
    const issuer = cause?.body?.issuer;
    if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' && typeof issuer === 'string') return issuer.slice(0, 500);
  }
  return undefined;
}

function discoverAt(issuer: string, { clientId, clientSecret }: ProviderClient): Promise<oidc.Configuration> {
  const isPlain = issuer.startsWith('http:');
  return oidc.discovery(new URL(issuer), clientId, undefined, authenticateClient(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    // The configuration accepts http for loopback addresses only.
    execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
  });
}

/**
 * By the Authorization header, which every provider must support, unless it says that it accepts the secret in the body
 * only.
 */
function authenticateClient(secret: string): oidc.ClientAuth {
  const basic = oidc.ClientSecretBasic(secret);
  const post = oidc.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}
