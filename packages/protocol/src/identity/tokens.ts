import { z } from 'zod';
import { operation, operationGroup, scopes } from '../core/operation.ts';
import { fullList, id, instant, line, nothing } from '../core/primitives.ts';
import { typedPassword } from './credentials.ts';

export const scope = z.enum(scopes).meta({
  description:
    'read: read operations and the live stream. write: operations that make changes. admin: operations reserved for admins',
});

/** A token with which a program acts on behalf of an account. Its secret is shown only once. */
export const apiToken = z.object({
  id,
  name: z.string(),
  prefix: z.string().meta({ description: 'First characters of the secret, to tell tokens apart' }),
  scopes: z.array(scope),
  createdAt: instant,
  lastUsedAt: instant.nullable().meta({ description: 'Accurate to the minute' }),
  expiresAt: instant,
});
export type ApiToken = z.infer<typeof apiToken>;

/** A newly created token with its secret, which cannot be retrieved again. */
export const newApiToken = apiToken.extend({
  secret: z.string().meta({ description: 'Use it in place of an access token. Shown only once' }),
});

/** Input common to all operations that create a token. */
export const tokenFields = {
  name: line(1, 100).meta({ description: 'A name that says what the token is for' }),
  expiresInDays: z.int().min(1).max(366).default(90),
};

/** A list of scopes: at least one, without duplicates. */
export function scopesOf<Name extends z.ZodType>(name: Name) {
  return z
    .array(name)
    .min(1)
    .max(scopes.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, { error: 'names a scope twice' });
}

export const tokens = operationGroup('tokens', {
  create: operation({
    summary: 'Create an API token',
    description: 'A program that uses the token acts on your behalf, within the scopes of the token.',
    method: 'POST',
    path: '/users/me/tokens',
    access: 'user',
    limit: 'otp',
    example: { password: 'correct horse battery staple' },
    input: z.strictObject({
      ...tokenFields,
      scopes: scopesOf(scope),
      password: typedPassword
        .optional()
        .meta({ description: 'Optional within 10 minutes of signing in, and for accounts without a password' }),
    }),
    output: newApiToken,
    status: 201,
    errors: ['password_wrong', 'reauthentication_required', 'conflict'],
    secret: true,
    sessionOnly: true,
  }),
  list: operation({
    summary: 'List your API tokens',
    method: 'GET',
    path: '/users/me/tokens',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: fullList(apiToken),
    sessionOnly: true,
  }),
  revoke: operation({
    summary: 'Revoke an API token',
    description: 'Closes the connections that use it.',
    method: 'DELETE',
    path: '/users/me/tokens/:tokenId',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ tokenId: id }),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
});
