import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id, instant, line, nothing, version } from '../core/primitives.ts';
import { typedPassword } from './credentials.ts';
import { locale, me, newAvatar, preferences, timezone, user, username } from './user.ts';

export const users = operationGroup('users', {
  me: operation({
    summary: 'Get the current user',
    method: 'GET',
    path: '/users/me',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: me,
    unverified: true,
  }),
  updateMe: operation({
    summary: 'Update your profile and preferences',
    method: 'PATCH',
    path: '/users/me',
    access: 'user',
    limit: 'user',
    example: { name: 'Ada Lovelace', timezone: 'Europe/London', locale: 'en' },
    input: z.strictObject({
      name: line(2, 100).optional(),
      username: username.nullable().optional(),
      avatar: newAvatar.nullable().optional(),
      timezone: timezone.optional(),
      locale: locale.optional(),
      preferences: preferences.partial().strict().optional(),
      version: version.optional(),
    }),
    output: me,
    errors: ['username_taken', 'version_conflict'],
  }),
  export: operation({
    summary: 'Export your data',
    description: 'Returns a link to a zip archive. The link works once and expires after 10 minutes.',
    method: 'POST',
    path: '/users/me/export',
    access: 'user',
    limit: 'export',
    input: z.strictObject({}),
    output: z.object({ url: z.url(), expiresAt: instant }),
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  delete: operation({
    summary: 'Delete your account',
    description: 'Permanent. Your profile is anonymized; messages you sent to others remain.',
    method: 'DELETE',
    path: '/users/me',
    access: 'user',
    limit: 'otp',
    example: { password: 'correct horse battery staple' },
    endsSession: true,
    input: z.strictObject({
      password: typedPassword.optional().meta({
        description: 'Required unless the account has no password, in which case sign in within the last 10 minutes',
      }),
    }),
    output: nothing,
    errors: ['password_wrong', 'reauthentication_required', 'last_owner', 'conflict'],
    secret: true,
    body: true,
    unverified: true,
    sessionOnly: true,
  }),
  get: operation({
    summary: 'Get a user',
    description: 'Only users you share a workspace with, and authors of messages that you can read.',
    method: 'GET',
    path: '/users/:userId',
    access: 'user:known',
    limit: 'user',
    input: z.strictObject({ userId: id }),
    output: user,
  }),
});
