import { z } from 'zod';

/** The events that an endpoint can be sent. Their data is the same as on the socket. */
export const webhookEventTypes = [
  'message:receive',
  'message:updated',
  'message:deleted',
  'message:task',
  'messages:expired',
  'conversation:updated',
  'conversation:memberJoined',
  'conversation:memberUpdated',
  'conversation:memberLeft',
  'workspace:updated',
  'member:joined',
  'member:updated',
  'member:left',
  'user:updated',
  'task:created',
  'task:updated',
  'task:membersUpdated',
  'task:deleted',
  'label:created',
  'label:updated',
  'label:deleted',
  'product:created',
  'product:updated',
  'product:deleted',
  'shop:updated',
  'order:created',
  'order:statusChanged',
  'order:assigned',
] as const;

export const webhookEventType = z.enum(webhookEventTypes);
export type WebhookEventType = z.infer<typeof webhookEventType>;
