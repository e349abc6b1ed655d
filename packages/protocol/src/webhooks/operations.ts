import { z } from 'zod';
import type { EndpointSpec } from '../core/endpoint.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { fullList, id, instant, line, nothing } from '../core/primitives.ts';

/** The largest number of webhooks in one conversation. */
export const maxWebhooks = 20;

/** A URL to which programs post messages into one conversation. */
export const webhook = z.object({
  id,
  conversationId: id,
  name: z.string().meta({ description: 'Shown as the sender, unless a message overrides it' }),
  avatar: z.string().nullable(),
  enabled: z.boolean(),
  createdBy: id.nullable(),
  createdAt: instant,
  lastUsedAt: instant.nullable().meta({ description: 'Accurate to the minute' }),
});
export type Webhook = z.infer<typeof webhook>;

const webhookWithUrl = webhook.extend({
  url: z.string().meta({ description: 'The secret URL to post to. Shown only once' }),
});

const name = line(1, 80);
/**
 * The URL of a picture. Non-ASCII characters and backslashes are escaped, so that its length equals its size in bytes in
 * the JSON of a message.
 */
export const webhookPicture = z
  .url({ protocol: /^https?$/, normalize: true })
  .overwrite((address) => address.replaceAll('\\', '%5C'))
  .max(2048);
const avatar = webhookPicture.nullable();
const one = { conversationId: id, webhookId: id };

export const webhooks = operationGroup('webhooks', {
  create: operation({
    summary: 'Create a webhook',
    description: 'Returns a secret URL to which programs post messages into the conversation.',
    method: 'POST',
    path: '/conversations/:conversationId/webhooks',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject({ conversationId: id, name, avatar: avatar.default(null) }),
    output: webhookWithUrl,
    status: 201,
    secret: true,
    sessionOnly: true,
    errors: ['conflict'],
  }),
  list: operation({
    summary: 'List the webhooks of a conversation',
    description: 'Oldest first.',
    method: 'GET',
    path: '/conversations/:conversationId/webhooks',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: fullList(webhook),
  }),
  update: operation({
    summary: 'Update a webhook',
    description: 'Changes its name or picture, or disables or enables it.',
    method: 'PATCH',
    path: '/conversations/:conversationId/webhooks/:webhookId',
    access: 'conversation:manager',
    limit: 'user',
    example: { name: 'Difference Engine' },
    input: z.strictObject({
      ...one,
      name: name.optional(),
      avatar: avatar.optional(),
      enabled: z.boolean().optional(),
    }),
    output: webhook,
  }),
  rotate: operation({
    summary: "Rotate a webhook's secret URL",
    description: 'The old URL stops working immediately.',
    method: 'POST',
    path: '/conversations/:conversationId/webhooks/:webhookId/secret',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject(one),
    output: webhookWithUrl,
    secret: true,
    sessionOnly: true,
  }),
  delete: operation({
    summary: 'Delete a webhook',
    description: 'Its messages remain.',
    method: 'DELETE',
    path: '/conversations/:conversationId/webhooks/:webhookId',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject(one),
    output: nothing,
  }),
});

const HOOK_BODY_BYTES = 256 * 1024;
/**
 * The payload of a webhook: plain `{text}`, or the common subset of Slack's format. Unknown fields and unknown blocks are
 * ignored, since senders are often written for Slack.
 */
const text = z.string().max(HOOK_BODY_BYTES);
const short = z.string().max(2_000);
const slackText = z.union([z.object({ type: short.optional(), text }), text]);
const slackBlock = z.object({
  type: short.optional(),
  text: slackText.optional(),
  fields: z.array(slackText).max(50).optional(),
  elements: z.array(z.unknown()).max(200).optional(),
  rows: z.array(z.array(z.unknown()).max(50)).max(200).optional(),
  accessory: z.unknown().optional(),
  image_url: short.optional(),
  alt_text: text.optional(),
  title: slackText.optional(),
});
const slackField = z.object({ title: text.default(''), value: text.default('') });
const slackAttachment = z.object({
  color: short.optional(),
  fallback: text.optional(),
  pretext: text.optional(),
  author_name: text.optional(),
  author_link: short.optional(),
  title: text.optional(),
  title_link: short.optional(),
  text: text.optional(),
  fields: z.array(slackField).max(100).optional(),
  image_url: short.optional(),
  thumb_url: short.optional(),
  footer: text.optional(),
  blocks: z.array(slackBlock).max(50).optional(),
});
export const hookPayload = z.object({
  text: text.optional().meta({
    description:
      "Slack's mrkdwn: `*bold*`, `_italic_`, `~struck~`, `<url|text>`; `<!channel>`, `<!here>`, `<@username>` mention",
  }),
  link_names: z
    .boolean()
    .optional()
    .meta({ description: 'Whether plain `@username` and `@channel` also mention. `1` counts as true' }),
  username: text.optional(),
  icon_emoji: short.optional(),
  icon_url: short.optional(),
  mrkdwn: z.boolean().optional(),
  attachments: z.array(slackAttachment).max(100).optional(),
  blocks: z.array(slackBlock).max(50).optional(),
});
export type HookPayload = z.infer<typeof hookPayload>;
export type SlackBlock = z.infer<typeof slackBlock>;
export type SlackAttachment = z.infer<typeof slackAttachment>;
export type SlackText = z.infer<typeof slackText>;

/** The endpoint to which webhooks are posted. It follows Slack's conventions. */
export const incomingHook = {
  group: 'webhooks',
  summary: 'Post to a webhook',
  description: [
    "Accepts the same payloads as Slack's incoming webhooks, as JSON or as a form with the JSON in `payload`, whatever",
    'the `Content-Type` says. Invalid parts of the payload are ignored; the rest is posted.',
    'Needs no authentication: the URL is secret.',
    'Posts repeated with the same `Idempotency-Key` send one message.',
  ].join(' '),
  path: '/hooks/incoming/:webhookId/:secret',
  bodyLimit: HOOK_BODY_BYTES,
  payload: hookPayload,
  success: 'ok',
  refusals: {
    invalid_payload: 400,
    no_text: 400,
    no_service: 404,
    channel_is_archived: 410,
    payload_too_large: 413,
    unsupported_media_type: 415,
    rate_limited: 429,
    unavailable: 503,
  },
} as const satisfies EndpointSpec;
export type HookRefusal = keyof typeof incomingHook.refusals;
