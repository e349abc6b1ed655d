import { z } from 'zod';
import { conversationState } from './chat/index.ts';
import { event, eventMeta, streamName } from './event.ts';
import { me } from './identity.ts';
import { sizes } from './limits.ts';
import { operation, operationGroup } from './operation.ts';
import { id, instant, seq } from './primitives.ts';
import { workspaceState } from './workspaces.ts';

/** Version of what is said on the socket; a client that knows only another one starts over. */
export const protocolVersion = 1;

/** Stream → position. */
export const positions = z.record(z.string(), seq);

/** One durable event as it stands in a page. */
export const streamEvent = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()), meta: eventMeta });

export const syncPage = z.object({
  events: z.array(streamEvent).meta({ description: 'In order within each stream' }),
  heads: positions,
  more: z.boolean().meta({ description: 'Ask again from the last event of each stream' }),
  reset: z.array(z.string()).meta({ description: 'Streams to start over with a fresh snapshot, or to drop' }),
});
export type SyncPage = z.infer<typeof syncPage>;

export const snapshot = z.object({
  epoch: z.string(),
  asOf: positions,
  me,
  workspaces: z.array(workspaceState),
  conversations: z.array(conversationState),
});
export type Snapshot = z.infer<typeof snapshot>;

export const streams = operationGroup('streams', {
  resume: operation({
    summary: 'Everything after the given positions, page by page',
    method: 'POST',
    path: '/streams/resume',
    event: 'resume',
    access: 'user',
    limit: 'sync',
    readOnly: true,
    input: z.strictObject({
      since: z
        .record(streamName, seq)
        .refine((since) => Object.keys(since).length <= sizes.resumeStreams, { error: 'names too many streams' }),
      epoch: z.string().max(64).optional(),
    }),
    output: syncPage,
  }),
  sync: operation({
    summary: 'The same for one stream',
    method: 'GET',
    path: '/streams/:stream/events',
    event: 'sync',
    access: 'user',
    limit: 'sync',
    input: z.strictObject({ stream: streamName, after: seq }),
    output: syncPage,
  }),
  snapshot: operation({
    summary: 'All that I see, and the positions at which it was true',
    method: 'GET',
    path: '/snapshot',
    access: 'user',
    limit: 'sync',
    input: z.strictObject({}),
    output: snapshot,
  }),
});

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
    on: ['user', 'workspace', 'conversation'],
    data: z.object({}),
  }),
  slow_consumer: event({
    summary: 'This connection read too slowly and is cut; connect again and resume',
    on: 'volatile',
    data: z.object({}),
  }),
} as const;
