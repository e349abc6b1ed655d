import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant } from '../core/primitives.ts';
import { streamKinds } from './stream-name.ts';
import { positions } from './sync-page.ts';

/** Version of the socket protocol. A client that does not support it reloads. */
export const protocolVersion = 1;

/** Commands of the socket itself, which are not operations: input and output. */
export const connectionCommands = {
  op: {
    summary: 'Call any operation by name',
    input: z.strictObject({
      name: z.string().max(64),
      input: z.unknown().optional(),
      key: z.string().min(1).max(200).optional().meta({ description: 'Idempotency key' }),
    }),
    output: z.record(z.string(), z.unknown()),
  },
  'auth:renew': {
    summary: 'Renew the access token of the connection',
    input: z.strictObject({ token: z.string().min(1).max(4096) }),
    output: z.object({ expiresAt: instant }),
  },
} as const;

export const connectionEvents = {
  hello: event({
    summary: 'The first event on every connection; later events follow from these positions',
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
    summary: 'Current positions of the streams; a client that is behind should call streams.sync',
    on: 'volatile',
    data: positions,
  }),
  'auth:expiring': event({
    summary: 'The access token expires soon; send auth:renew with a new one to stay connected',
    on: 'volatile',
    data: z.object({ expiresAt: instant }),
  }),
  'server:moving': event({
    summary: 'This server is shutting down; reconnect after the given time',
    on: 'volatile',
    data: z.object({ retryInMs: z.int() }),
  }),
  'stream:skipped': event({
    summary: 'Replaces an event whose subject no longer exists; advances the position',
    on: streamKinds,
    external: false,
    data: z.object({}),
  }),
  slow_consumer: event({
    summary: 'This connection reads too slowly and will be closed; reconnect and resume',
    on: 'volatile',
    data: z.object({}),
  }),
  'error:rate_limited': event({
    summary: 'An operation was rejected by its rate limit; call it again after `retryAfterMs`',
    on: 'volatile',
    data: z.object({ operation: z.string(), clientMessageId: id.optional(), retryAfterMs: z.int() }),
  }),
} as const;
