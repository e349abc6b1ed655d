import type { ProviderConfig } from './modules/identity/index.ts';

export type { ProviderConfig } from './modules/identity/index.ts';

const GOOGLE_ISSUER = 'https://accounts.google.com';

/** The keys of the configuration that say through whom people can sign in. */
interface ProviderKeys {
  GOOGLE_CLIENT_ID?: string;
  GOOGLE_CLIENT_SECRET?: string;
  OIDC_ISSUER?: string;
  OIDC_CLIENT_ID?: string;
  OIDC_CLIENT_SECRET?: string;
  OIDC_NAME?: string;
}

const groups: readonly (readonly (keyof ProviderKeys)[])[] = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
];

/**
 * The providers that are configured: Google first.
 * @returns also each key that is missing, with one that needs it
 */
export function providersOf(keys: ProviderKeys): {
  providers: ProviderConfig[];
  missing: [keyof ProviderKeys, keyof ProviderKeys][];
} {
  const missing = groups.flatMap((group) => {
    const given = group.find((key) => keys[key] !== undefined);
    return given === undefined
      ? []
      : group
          .filter((key) => keys[key] === undefined)
          .map((key): [keyof ProviderKeys, keyof ProviderKeys] => [key, given]);
  });
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = keys;
  const providers: ProviderConfig[] = [];
  if (GOOGLE_CLIENT_ID !== undefined && GOOGLE_CLIENT_SECRET !== undefined) {
    const client = { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET };
    providers.push({ id: 'google', name: 'Google', issuer: GOOGLE_ISSUER, ...client });
  }
  if (OIDC_ISSUER !== undefined && OIDC_CLIENT_ID !== undefined && OIDC_CLIENT_SECRET !== undefined) {
    const client = { clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET };
    providers.push({ id: 'sso', name: keys.OIDC_NAME ?? 'single sign-on', issuer: OIDC_ISSUER, ...client });
  }
  return { providers, missing };
}
