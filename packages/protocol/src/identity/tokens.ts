import { z } from 'zod';
import { operation, operationGroup, scopes } from '../core/operation.ts';
import { id, instant, line, nothing, whole } from '../core/primitives.ts';
import { typedPassword } from './credentials.ts';

export const scope = z.enum(scopes).meta({
  description: 'read: what only reads, and the live stream. write: what changes something. admin: what only admins may',
});

/** A secret with which a program acts for an account. The secret itself is shown once. */
export const apiToken = z.object({
  id,
  name: z.string(),
  prefix: z.string().meta({ description: 'How the secret begins, to tell one from another' }),
  scopes: z.array(scope),
  createdAt: instant,
  lastUsedAt: instant.nullable().meta({ description: 'To the minute' }),
  expiresAt: instant,
});
export type ApiToken = z.infer<typeof apiToken>;

/** A token with its secret, which nobody can read again. */
export const newApiToken = apiToken.extend({
  secret: z.string().meta({ description: 'Goes where an access token goes; shown this once' }),
});

/** What every token is made from. */
export const tokenFields = {
  name: line(1, 100).meta({ description: 'What it is for' }),
  expiresInDays: z.int().min(1).max(366).default(90),
};

/** Scopes as they are chosen: at least one, each once. */
export function scopesOf<Name extends z.ZodType>(name: Name) {
  return z
    .array(name)
    .min(1)
    .max(scopes.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, { error: 'names a scope twice' });
}

export const tokens = operationGroup('tokens', {
  create: operation({
    summary: 'Make an API token for a program that acts for me',
    method: 'POST',
    path: '/users/me/tokens',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({
      ...tokenFields,
      scopes: scopesOf(scope),
      password: typedPassword
        .optional()
        .meta({ description: 'May be left out within 10 minutes of signing in, or where there is no password' }),
    }),
    output: newApiToken,
    status: 201,
    errors: ['password_wrong', 'reauthentication_required', 'conflict'],
    secret: true,
    sessionOnly: true,
  }),
  list: operation({
    summary: 'My API tokens',
    method: 'GET',
    path: '/users/me/tokens',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: whole(apiToken),
    sessionOnly: true,
  }),
  revoke: operation({
    summary: 'End an API token; its connections close',
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
