import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

/** Others through whom people can sign in: `google`, or `sso` for the OpenID provider of the configuration. */
export const providerId = z.enum(['google', 'sso']);
export type ProviderId = z.infer<typeof providerId>;

/** How a provider is shown, and where signing in through it begins. */
export const provider = z.object({
  id: providerId,
  name: z.string().meta({ description: 'For a button: "Sign in with …"' }),
  path: z.string().meta({ description: 'Where a browser goes to sign in; takes ?returnTo=/a/path and ?remember=true' }),
});
export type Provider = z.infer<typeof provider>;

/** An account at a provider that opens an account here. */
export const identity = z.object({
  id,
  provider: providerId.nullable().meta({ description: 'null: this instance no longer offers that provider' }),
  issuer: z.string().meta({ description: 'The address by which the provider names itself' }),
  email: z.string().nullable().meta({ description: 'The address that the provider gave at the last sign-in' }),
  linkedAt: instant,
  lastUsedAt: instant,
});
export type Identity = z.infer<typeof identity>;

/** A path of this site: it begins with one slash and leads nowhere else. */
export const returnPath = z
  .string()
  .max(512)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, { error: 'is a path of this site, such as /channels?all=1' });

/**
 * What `?error=` can say when a browser comes back from a provider.
 * - `google_auth_failed`, `sso_auth_failed`: what came back is not the answer to what this browser asked, or is late.
 * - `provider_cancelled`: the person did not agree. `provider_unavailable`: the provider does not answer.
 * - `email_unverified`: the provider does not vouch for an e-mail address.
 * - `account_disabled`: the account here is closed. `identity_taken`: that account there opens another account here.
 * - `too_many_identities`: there are as many as there can be.
 */
export const signInErrors = [
  'google_auth_failed',
  'sso_auth_failed',
  'provider_cancelled',
  'provider_unavailable',
  'email_unverified',
  'account_disabled',
  'identity_taken',
  'too_many_identities',
] as const;
export type SignInError = (typeof signInErrors)[number];
