import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { seq } from '../core/primitives.ts';
import { streamSizes } from './limits.ts';
import { streamName } from './stream-name.ts';
import { snapshot, syncPage } from './sync-page.ts';

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
        .refine((since) => Object.keys(since).length <= streamSizes.resumeStreams, { error: 'names too many streams' }),
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
