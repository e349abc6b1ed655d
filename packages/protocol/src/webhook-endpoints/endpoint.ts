import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';
import { webhookEventTypes } from './event-types.ts';
import { webhookEndpointSizes as sizes } from './limits.ts';

export const webhookEventType = z.enum(webhookEventTypes);

/** A server that is sent what happens in a workspace. */
export const webhookEndpoint = z.object({
  id,
  workspaceId: id,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(webhookEventType),
  conversationIds: z.array(id).max(sizes.webhookConversations).meta({
    description: 'The private conversations whose events it is sent; only those that you are in yourself',
  }),
  enabled: z.boolean(),
  disabledBecause: z.enum(['gone', 'failing']).nullable().meta({
    description: '`gone`: it answered 410. `failing`: it failed for too long. null: enabled, or an admin did it',
  }),
  createdBy: id.nullable(),
  createdAt: instant,
  oldSecretUntil: instant
    .nullable()
    .meta({ description: 'Until then requests are signed with the previous secret too' }),
  lastSuccessAt: instant.nullable(),
  failingSince: instant.nullable().meta({ description: 'When the first of the latest failures in a row was' }),
  nextAttemptAt: instant.nullable().meta({ description: 'When it is tried again after a failure' }),
  lag: z.object({
    events: z.int().meta({ description: 'Events that it has not been sent yet, including those of other types' }),
    oldestAt: instant.nullable().meta({ description: 'Time of the oldest of them' }),
  }),
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

export const webhookEndpointWithSecret = webhookEndpoint.extend({
  secret: z.string().meta({ description: 'The key of the signatures, `whsec_…`. Shown only once' }),
});

export const webhookDeliveryState = z.enum(['waiting', 'delivered', 'failed']);
export type WebhookDeliveryState = z.infer<typeof webhookDeliveryState>;

/** One event for one endpoint, and what became of it. */
export const webhookDelivery = z.object({
  id: id.meta({ description: 'The `webhook-id` of the requests; the same for every attempt' }),
  type: webhookEventType,
  occurredAt: instant.meta({ description: 'Time of the event' }),
  state: webhookDeliveryState.meta({ description: '`failed`: given up; resend it when the endpoint works again' }),
  attempts: z.int(),
  lastAttemptAt: instant.nullable(),
  status: z.int().nullable().meta({ description: 'HTTP status of the last answer; null if there was none' }),
  answer: z.string().nullable().meta({ description: 'The first 500 characters of the last answer, or of the error' }),
  durationMs: z.int().nullable().meta({ description: 'How long the last attempt took' }),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;
