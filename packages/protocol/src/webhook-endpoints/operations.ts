import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, fullList, id, instant, limit, line, nothing, page, seq } from '../core/primitives.ts';
import { externalEventTypes } from '../external-event-types.ts';
import {
  webhookDelivery,
  webhookDeliveryState,
  webhookEndpoint,
  webhookEndpointWithSecret,
  webhookEventType,
} from './endpoint.ts';
import { webhookEndpointSizes as sizes } from './limits.ts';

const url = z
  .url({ protocol: /^https?$/, normalize: true })
  .max(sizes.webhookUrl)
  .meta({ description: 'The https URL to which events are posted, outside of private networks' });
const description = line(0, 200);
const eventTypes = z
  .array(webhookEventType)
  .min(1)
  .max(externalEventTypes.length)
  .meta({ description: 'The event types to send' });
const conversationIds = z.array(id).max(sizes.webhookConversations).meta({
  description: 'Private channels and groups whose events are sent too; you must be a member of them',
});
const one = { workspaceId: id, endpointId: id };
const path = '/workspaces/:workspaceId/webhook-endpoints';
const common = { access: 'workspace:admin', limit: 'user' } as const;

export const webhookEndpoints = operationGroup('webhookEndpoints', {
  create: operation({
    summary: 'Create a webhook endpoint',
    description: 'Atrium posts new events to it, signed according to Standard Webhooks. The secret is shown only once.',
    method: 'POST',
    path,
    ...common,
    example: { url: 'https://example.org/atrium', eventTypes: ['message:receive'] },
    input: z.strictObject({
      workspaceId: id,
      url,
      eventTypes,
      description: description.default(''),
      conversationIds: conversationIds.default([]),
      enabled: z.boolean().default(true),
    }),
    output: webhookEndpointWithSecret,
    status: 201,
    secret: true,
    sessionOnly: true,
    errors: ['conflict'],
  }),
  list: operation({
    summary: 'List the webhook endpoints of a workspace',
    description: 'Oldest first.',
    method: 'GET',
    path,
    ...common,
    input: z.strictObject({ workspaceId: id }),
    output: fullList(webhookEndpoint),
  }),
  update: operation({
    summary: 'Update a webhook endpoint',
    description: [
      'An endpoint that is enabled again continues with the first unsent event.',
      'When the URL changes, private conversations that you are not a member of are removed.',
    ].join(' '),
    method: 'PATCH',
    path: `${path}/:endpointId`,
    ...common,
    example: { description: 'What is said' },
    input: z.strictObject({
      ...one,
      url: url.optional(),
      description: description.optional(),
      eventTypes: eventTypes.optional(),
      conversationIds: conversationIds.optional(),
      enabled: z.boolean().optional(),
    }),
    output: webhookEndpoint,
    sessionOnly: true,
  }),
  rotateSecret: operation({
    summary: 'Replace the secret of a webhook endpoint',
    description: 'For 24 hours requests are also signed with the old secret.',
    method: 'POST',
    path: `${path}/:endpointId/secret`,
    ...common,
    input: z.strictObject(one),
    output: webhookEndpointWithSecret,
    secret: true,
    sessionOnly: true,
  }),
  delete: operation({
    summary: 'Delete a webhook endpoint',
    description: 'Also deletes its deliveries.',
    method: 'DELETE',
    path: `${path}/:endpointId`,
    ...common,
    input: z.strictObject(one),
    output: nothing,
  }),
  deliveries: operation({
    summary: 'List the deliveries of a webhook endpoint',
    description: 'Newest first. The latest 1,000 are kept, for at most 30 days.',
    method: 'GET',
    path: `${path}/:endpointId/deliveries`,
    ...common,
    input: z.strictObject({ ...one, state: webhookDeliveryState.optional(), limit, cursor: cursor.optional() }),
    output: page(webhookDelivery),
  }),
  resend: operation({
    summary: 'Send a delivery again',
    description:
      'It is sent after all waiting deliveries, with the same `webhook-id` and the current content of the event.',
    method: 'POST',
    path: `${path}/:endpointId/deliveries/:deliveryId/resend`,
    ...common,
    input: z.strictObject({ ...one, deliveryId: id }),
    output: webhookDelivery,
    errors: ['conflict'],
  }),
  replay: operation({
    summary: 'Send events again from a point in time',
    description: [
      'Sends all events since then again, with the same `webhook-id`s; the current time skips all waiting ones.',
      'Events are kept for 30 days. With `stream` and `after`, continues after that position of one stream instead.',
    ].join(' '),
    method: 'POST',
    path: `${path}/:endpointId/replay`,
    ...common,
    example: { since: '2025-01-01T00:00:00.000Z' },
    input: z
      .strictObject({
        ...one,
        since: instant.optional(),
        stream: line(1, 64).optional().meta({ description: 'As `meta.stream` of an event' }),
        after: seq.optional(),
      })
      .refine(({ since, stream, after }) => (since === undefined) === (stream !== undefined && after !== undefined), {
        error: 'give either `since`, or `stream` and `after`',
        path: ['since'],
      }),
    output: webhookEndpoint,
    heavy: true,
  }),
});
