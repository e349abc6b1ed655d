import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant } from '../core/primitives.ts';
import { streamKinds } from './stream-name.ts';
import { positions } from './sync-page.ts';

/** Version of what is said on the socket; a client that knows only another one starts over. */
export const protocolVersion = 1;

/** What a client emits that is no operation of its own: input and answer. */
export const connectionCommands = {
  op: {
    summary: 'Any operation by its name',
    input: z.strictObject({
      name: z.string().max(64),
      input: z.unknown().optional(),
      key: z.string().min(1).max(200).optional().meta({ description: 'Idempotency key' }),
    }),
    output: z.record(z.string(), z.unknown()),
  },
  'auth:renew': {
    summary: 'Keep the connection open with a new access token',
    input: z.strictObject({ token: z.string().min(1).max(4096) }),
    output: z.object({ expiresAt: instant }),
  },
} as const;

export const connectionEvents = {
  hello: event({
    summary: 'First on every connection: from these positions on, everything comes by itself',
    on: 'volatile',
    data: z.object({
      protocol: z.int(),
      epoch: z.string(),
      serverTime: instant,
      userId: id,
      sessionId: id,
      heads: positions,
    }),
  }),
  heads: event({
    summary: 'How far the streams have got; a client that is behind syncs',
    on: 'volatile',
    data: positions,
  }),
  'auth:expiring': event({
    summary: 'The access token ends soon: renew it and send auth:renew, or be disconnected',
    on: 'volatile',
    data: z.object({ expiresAt: instant }),
  }),
  'server:moving': event({
    summary: 'This node stops: connect again after that time',
    on: 'volatile',
    data: z.object({ retryInMs: z.int() }),
  }),
  'stream:skipped': event({
    summary: 'Something that is gone since; it only keeps the count',
    on: streamKinds,
    data: z.object({}),
  }),
  slow_consumer: event({
    summary: 'This connection read too slowly and is cut; connect again and resume',
    on: 'volatile',
    data: z.object({}),
  }),
} as const;
