import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';
import { externalEventTypes } from '../external-event-types.ts';
import { webhookEndpointSizes as sizes } from './limits.ts';

export const webhookEventType = z.enum(externalEventTypes);

/** A server that gets the events of a workspace. */
export const webhookEndpoint = z.object({
  id,
  workspaceId: id,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(webhookEventType),
  conversationIds: z.array(id).max(sizes.webhookConversations).meta({
    description: 'Private conversations whose events it gets; only those that you are a member of',
  }),
  enabled: z.boolean(),
  disabledBecause: z.enum(['gone', 'failing']).nullable().meta({
    description:
      '`gone`: it answered 410. `failing`: it failed for too long. null: it is enabled, or an admin disabled it',
  }),
  createdBy: id.nullable(),
  createdAt: instant,
  oldSecretUntil: instant
    .nullable()
    .meta({ description: 'Until then requests are also signed with the previous secret' }),
  lastSuccessAt: instant.nullable(),
  failingSince: instant.nullable().meta({ description: 'When the current series of failures began' }),
  nextAttemptAt: instant.nullable().meta({ description: 'When the next attempt after a failure is made' }),
  lag: z.object({
    events: z.int().meta({ description: 'Number of events that were not sent yet, including those of other types' }),
    oldestAt: instant.nullable().meta({ description: 'Time of the oldest of them' }),
  }),
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

export const webhookEndpointWithSecret = webhookEndpoint.extend({
  secret: z.string().meta({ description: 'The signing key, `whsec_…`. Shown only once' }),
});

export const webhookDeliveryState = z.enum(['waiting', 'delivered', 'failed']);
export type WebhookDeliveryState = z.infer<typeof webhookDeliveryState>;

/** One event for one endpoint, and its outcome. */
export const webhookDelivery = z.object({
  id: id.meta({ description: 'The `webhook-id` of the requests; the same for every attempt' }),
  type: webhookEventType,
  occurredAt: instant.meta({ description: 'Time of the event' }),
  state: webhookDeliveryState.meta({
    description: '`failed`: no more attempts are made; resend it when the endpoint works again',
  }),
  attempts: z.int(),
  lastAttemptAt: instant.nullable(),
  status: z.int().nullable().meta({ description: 'HTTP status of the last response; null if there was none' }),
  answer: z.string().nullable().meta({ description: 'The first 500 characters of the last response, or of the error' }),
  durationMs: z.int().nullable().meta({ description: 'Duration of the last attempt' }),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;
