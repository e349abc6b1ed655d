import { z } from 'zod';
import { coreSizes } from '../core/limits.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, page, whole } from '../core/primitives.ts';
import { presence } from './presence.ts';

const ids = z.array(id).min(1).max(coreSizes.people);

export const presences = operationGroup('presence', {
  get: operation({
    summary: 'Whether someone is here',
    method: 'GET',
    path: '/users/:userId/presence',
    access: 'user:acquainted',
    limit: 'user',
    input: z.strictObject({ userId: id }),
    output: presence,
  }),
  list: operation({
    summary: 'Whether several people are here',
    description: 'People I share nothing with are left out.',
    method: 'GET',
    path: '/presence',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ userIds: ids }),
    output: whole(presence),
  }),
  set: operation({
    summary: 'Set my status: available, away, or do not disturb',
    method: 'PUT',
    path: '/users/me/presence',
    event: 'presence:set',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      status: z.enum(['online', 'away', 'dnd']),
      until: instant
        .optional()
        .meta({ description: 'Of away and dnd: when it ends by itself, at most 31 days from now' }),
    }),
    output: presence,
  }),
  overview: operation({
    summary: 'Everyone on this instance: online, recently active, offline',
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
