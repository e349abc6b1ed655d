import { z } from 'zod';
import { coreSizes } from '../core/limits.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, fullList, id, instant, limit, page } from '../core/primitives.ts';
import { presence } from './presence.ts';

const ids = z.array(id).min(1).max(coreSizes.people);

export const presences = operationGroup('presence', {
  get: operation({
    summary: "Get a user's presence",
    method: 'GET',
    path: '/users/:userId/presence',
    access: 'user:acquainted',
    limit: 'user',
    input: z.strictObject({ userId: id }),
    output: presence,
  }),
  list: operation({
    summary: 'Get the presence of several users',
    description: 'Users you share no workspace with are omitted.',
    method: 'GET',
    path: '/presence',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ userIds: ids }),
    output: fullList(presence),
  }),
  set: operation({
    summary: 'Set your status',
    description: 'To available, away or do not disturb.',
    method: 'PUT',
    path: '/users/me/presence',
    event: 'presence:set',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      status: z.enum(['online', 'away', 'dnd']),
      until: instant
        .optional()
        .meta({ description: 'For away and dnd: when it ends automatically, at most 31 days from now' }),
    }),
    output: presence,
  }),
  overview: operation({
    summary: 'List the presence of all users',
    description: 'Each user is online, recently active or offline.',
    method: 'GET',
    path: '/admin/presence',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional() }),
    output: page(presence.extend({ name: z.string(), group: z.enum(['online', 'recent', 'offline']) })).extend({
      online: z.int(),
      recent: z.int(),
      offline: z.int(),
    }),
  }),
});
