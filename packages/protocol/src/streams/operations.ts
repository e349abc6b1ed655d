import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { seq } from '../core/primitives.ts';
import { streamSizes } from './limits.ts';
import { streamName } from './stream-name.ts';
import { snapshot, syncPage } from './sync-page.ts';

export const streams = operationGroup('streams', {
  resume: operation({
    summary: 'Resume streams from given positions',
    description: 'Returns every event after the positions, one page at a time.',
    method: 'POST',
    path: '/streams/resume',
    event: 'resume',
    access: 'user',
    limit: 'sync',
    readOnly: true,
    example: { since: { 'workspace:00000000-0000-7000-8000-000000000000': 0 } },
    input: z.strictObject({
      since: z
        .record(streamName, seq)
        .refine((since) => Object.keys(since).length <= streamSizes.resumeStreams, { error: 'names too many streams' })
        .meta({ maxProperties: streamSizes.resumeStreams }),
      epoch: z.string().max(64).optional(),
    }),
    output: syncPage,
  }),
  sync: operation({
    summary: 'List events of one stream',
    method: 'GET',
    path: '/streams/:stream/events',
    event: 'sync',
    access: 'user',
    limit: 'sync',
    example: { stream: 'workspace:00000000-0000-7000-8000-000000000000' },
    input: z.strictObject({ stream: streamName, after: seq }),
    output: syncPage,
  }),
  snapshot: operation({
    summary: 'Get a snapshot of everything you can see',
    description: 'Includes the stream positions at which it was taken.',
    method: 'GET',
    path: '/snapshot',
    access: 'user',
    limit: 'snapshot',
    heavy: true,
    input: z.strictObject({}),
    output: snapshot,
  }),
});
