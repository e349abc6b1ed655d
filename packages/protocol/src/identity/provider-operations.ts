import { z } from 'zod';
import { operation } from '../core/operation.ts';
import { fullList, id, nothing } from '../core/primitives.ts';
import { typedPassword } from './credentials.ts';
import { identity, provider, providerId, returnPath } from './providers.ts';

/** Operations of the group `auth` for sign-in providers. */
export const providerOperations = {
  providers: operation({
    summary: 'List sign-in providers',
    description: 'Ways to sign in other than email and password.',
    method: 'GET',
    path: '/auth/providers',
    access: 'public',
    limit: 'public',
    input: z.strictObject({}),
    output: fullList(provider),
  }),
  identities: operation({
    summary: 'List your linked identities',
    method: 'GET',
    path: '/auth/identities',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: fullList(identity),
    unverified: true,
    sessionOnly: true,
  }),
  linkIdentity: operation({
    summary: 'Start linking an identity',
    description: 'Must be completed in a browser that is signed in with cookies.',
    method: 'POST',
    path: '/auth/identities',
    access: 'user',
    limit: 'otp',
    example: { password: 'correct horse battery staple' },
    input: z.strictObject({
      provider: providerId,
      returnTo: returnPath.default('/'),
      password: typedPassword
        .optional()
        .meta({ description: 'Optional within 10 minutes of signing in, and for accounts without a password' }),
    }),
    output: z.object({
      path: z.string().meta({ description: 'Where to send the browser within 5 minutes. Contains a secret' }),
    }),
    errors: ['not_found', 'password_wrong', 'reauthentication_required'],
    secret: true,
    readOnly: true,
    sessionOnly: true,
  }),
  unlinkIdentity: operation({
    summary: 'Unlink an identity',
    method: 'DELETE',
    path: '/auth/identities/:identityId',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ identityId: id }),
    output: nothing,
    errors: ['not_found', 'last_sign_in'],
    unverified: true,
    sessionOnly: true,
  }),
} as const;
