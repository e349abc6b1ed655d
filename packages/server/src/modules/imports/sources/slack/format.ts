import { z } from 'zod';
import { listOf, maybeFlag, maybeNumber, maybeText, texts } from '../../reading/lenient.ts';

/** An entry of users.json. */
export const slackUser = z.object({
  id: z.string().min(1),
  name: maybeText,
  deleted: maybeFlag,
  is_bot: maybeFlag,
  is_admin: maybeFlag,
  is_owner: maybeFlag,
  is_restricted: maybeFlag,
  is_ultra_restricted: maybeFlag,
  real_name: maybeText,
  tz: maybeText,
  profile: z
    .object({
      real_name: maybeText,
      display_name: maybeText,
      email: maybeText,
      title: maybeText,
      phone: maybeText,
      is_custom_image: maybeFlag,
    })
    .catch({
      real_name: undefined,
      display_name: undefined,
      email: undefined,
      title: undefined,
      phone: undefined,
      is_custom_image: undefined,
    }),
});
export type SlackUser = z.infer<typeof slackUser>;

const described = z.object({ value: z.string().catch('') }).catch({ value: '' });

/** An entry of channels.json, groups.json, mpims.json or dms.json. */
export const slackChannel = z.object({
  id: z.string().min(1),
  name: maybeText,
  created: maybeNumber,
  creator: maybeText,
  is_archived: maybeFlag,
  members: texts,
  topic: described,
  purpose: described,
  /** Messages have the type C, and their time as the id. */
  pins: listOf(z.object({ id: z.string(), type: maybeText, created: maybeNumber })),
});
export type SlackChannel = z.infer<typeof slackChannel>;

/** A file of a message; its content is elsewhere. */
export const slackFile = z.object({
  id: z.string().min(1),
  name: maybeText,
  title: maybeText,
  mimetype: maybeText,
  mode: maybeText,
  url_private: maybeText,
  url_private_download: maybeText,
});
export type SlackFile = z.infer<typeof slackFile>;

const named = z.object({ name: maybeText, real_name: maybeText, display_name: maybeText }).optional().catch(undefined);

/** A message. Its content is parsed elsewhere, like payloads of webhooks. */
export const slackMessage = z.object({
  type: z.string().catch('message'),
  subtype: maybeText,
  ts: z.string().regex(/^\d{1,11}(\.\d{1,6})?$/),
  thread_ts: maybeText,
  user: maybeText,
  bot_id: maybeText,
  username: maybeText,
  text: z.string().catch(''),
  user_profile: named,
  bot_profile: named,
  files: listOf(slackFile),
  reactions: listOf(z.object({ name: z.string(), users: texts })),
});
export type SlackMessage = z.infer<typeof slackMessage>;
