import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

/** Sign-in providers: `google`, or `sso` for the OpenID provider from the configuration. */
export const providerId = z.enum(['google', 'sso']);
export type ProviderId = z.infer<typeof providerId>;

/** The display name of a provider, and the path where signing in begins. */
export const provider = z.object({
  id: providerId,
  name: z.string().meta({ description: 'Display name, as in "Sign in with …"' }),
  path: z
    .string()
    .meta({ description: 'Where to send a browser to sign in. Accepts ?returnTo=/a/path and ?remember=true' }),
});
export type Provider = z.infer<typeof provider>;

/** An account at a provider that can sign in to an account here. */
export const identity = z.object({
  id,
  provider: providerId.nullable().meta({ description: 'null if this instance no longer offers the provider' }),
  issuer: z.string().meta({ description: 'Issuer identifier of the provider' }),
  email: z.string().nullable().meta({ description: 'Email address reported by the provider at the last sign-in' }),
  linkedAt: instant,
  lastUsedAt: instant,
});
export type Identity = z.infer<typeof identity>;

/** A path on this site: starts with a single slash and cannot lead to another origin. */
export const returnPath = z
  .string()
  .max(512)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, { error: 'is a path of this site, such as /channels?all=1' });

/**
 * Values of `?error=` when a browser returns from a provider.
 * - `google_auth_failed`, `sso_auth_failed`: the response does not match this browser's request, or came too late.
 * - `provider_cancelled`: the user declined. `provider_unavailable`: the provider does not respond.
 * - `email_unverified`: the provider has not verified the email address.
 * - `account_disabled`: the account is disabled. `identity_taken`: the identity is linked to another account.
 * - `registration_closed`: there is no account yet, and registration is not open to everyone.
 * - `too_many_identities`: the account has reached the maximum number of identities.
 */
export const signInErrors = [
  'google_auth_failed',
  'sso_auth_failed',
  'provider_cancelled',
  'provider_unavailable',
  'email_unverified',
  'account_disabled',
  'identity_taken',
  'registration_closed',
  'too_many_identities',
] as const;
export type SignInError = (typeof signInErrors)[number];
