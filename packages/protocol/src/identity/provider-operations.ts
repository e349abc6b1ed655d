import { z } from 'zod';
import { operation } from '../core/operation.ts';
import { id, nothing, whole } from '../core/primitives.ts';
import { typedPassword } from './credentials.ts';
import { identity, provider, providerId, returnPath } from './providers.ts';

/** Operations of the group `auth` about signing in through others. */
export const providerOperations = {
  providers: operation({
    summary: 'Through whom people can sign in',
    description: 'Beside e-mail address and password.',
    method: 'GET',
    path: '/auth/providers',
    access: 'public',
    limit: 'public',
    input: z.strictObject({}),
    output: whole(provider),
  }),
  identities: operation({
    summary: 'My accounts at providers that open my account here',
    method: 'GET',
    path: '/auth/identities',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: whole(identity),
    unverified: true,
    sessionOnly: true,
  }),
  linkIdentity: operation({
    summary: 'Begin to link an account at a provider',
    description: 'Only the browser that is signed in with cookies can go on.',
    method: 'POST',
    path: '/auth/identities',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({
      provider: providerId,
      returnTo: returnPath.default('/'),
      password: typedPassword
        .optional()
        .meta({ description: 'May be left out within 10 minutes of signing in, or where there is no password' }),
    }),
    output: z.object({
      path: z.string().meta({ description: 'Where this browser goes within 5 minutes; carries a secret' }),
    }),
    errors: ['not_found', 'password_wrong', 'reauthentication_required'],
    secret: true,
    readOnly: true,
    sessionOnly: true,
  }),
  unlinkIdentity: operation({
    summary: 'Let an account at a provider open mine no longer',
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
