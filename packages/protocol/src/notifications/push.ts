import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { fullList, id, instant, line, nothing } from '../core/primitives.ts';

/** A P-256 point or a secret, base64url without padding. */
const base64url = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\w-]+$/);

/** A device that gets push messages. */
export const pushDevice = z.object({
  id,
  device: z.string(),
  createdAt: instant,
  lastSentAt: instant.nullable(),
  error: z
    .string()
    .nullable()
    .meta({ description: 'Answer of the push service to the last message, if it refused it' }),
  isOutdated: z.boolean().meta({ description: 'It was created with an earlier key: subscribe it again' }),
});
export type PushDevice = z.infer<typeof pushDevice>;

/** Push messages to browsers and other programs that support Web Push (RFC 8030, 8291, 8292). */
export const push = operationGroup('push', {
  key: operation({
    summary: 'Get the key for push subscriptions',
    description: 'Pass it to a browser as `applicationServerKey`.',
    method: 'GET',
    path: '/push/key',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: z.object({ publicKey: z.string() }),
  }),
  list: operation({
    summary: 'List your devices that get push messages',
    method: 'GET',
    path: '/push/subscriptions',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: fullList(pushDevice),
  }),
  subscribe: operation({
    summary: 'Subscribe a device to push messages',
    description:
      'Takes the output of `PushSubscription.toJSON()` in a browser. A device that is already known becomes yours, even if it was subscribed by another user.',
    method: 'PUT',
    path: '/push/subscriptions',
    access: 'user',
    limit: 'user',
    example: {
      endpoint: 'https://push.example.org/send/1',
      keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      publicKey: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
      device: 'Firefox on Linux',
    },
    input: z.strictObject({
      endpoint: z.string().min(10).max(1_000).meta({ description: 'An https URL outside of private networks' }),
      keys: z.strictObject({ p256dh: base64url(87, 87), auth: base64url(22, 22) }),
      publicKey: base64url(87, 87).meta({ description: 'The key of this server that the device subscribed with' }),
      device: line(1, 100).meta({ description: 'Name of the device in lists' }),
    }),
    output: pushDevice,
    errors: ['conflict'],
  }),
  unsubscribe: operation({
    summary: 'Unsubscribe a device from push messages',
    method: 'DELETE',
    path: '/push/subscriptions/:subscriptionId',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ subscriptionId: id }),
    output: nothing,
  }),
  rotateKey: operation({
    summary: 'Replace the key for push subscriptions',
    description: 'Subscribed devices still get messages; new subscriptions use the new key.',
    method: 'POST',
    path: '/admin/push-key/rotate',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
});
