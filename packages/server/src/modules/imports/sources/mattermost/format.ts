import { z } from 'zod';
import { listOf, maybeFlag, maybeNumber, maybeText, texts } from '../../reading/lenient.ts';

const name = z.string().min(1).max(300);
const reaction = z.object({ user: name, emoji_name: z.string(), create_at: maybeNumber });
const attachment = z.object({ path: z.string().min(1) });
const said = {
  user: name,
  type: maybeText,
  message: z.string().catch(''),
  create_at: z.number().int().min(0),
  is_pinned: maybeFlag,
  reactions: listOf(reaction),
  /** What programs attach, as in Slack. */
  props: z.object({ attachments: z.array(z.unknown()).catch([]) }).catch({ attachments: [] }),
  attachments: listOf(attachment),
};
const reply = z.object(said);
const post = { ...said, replies: listOf(reply) };

/** A line of the export, by its type. Lines of other types are ignored. */
export const line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('version'), version: z.number() }),
  z.object({ type: z.literal('emoji'), emoji: z.object({ name }) }),
  z.object({
    type: z.literal('channel'),
    channel: z.object({
      team: name,
      name,
      display_name: maybeText,
      type: z.string().catch('P'),
      header: maybeText,
      purpose: maybeText,
      deleted_at: maybeNumber,
    }),
  }),
  z.object({
    type: z.literal('user'),
    user: z.object({
      username: name,
      email: maybeText,
      nickname: maybeText,
      first_name: maybeText,
      last_name: maybeText,
      roles: z.string().catch(''),
      delete_at: maybeNumber,
      /** A path in the archive. */
      profile_image: maybeText,
      teams: listOf(
        z.object({ name, roles: z.string().catch(''), channels: listOf(z.object({ name, roles: maybeText })) }),
      ),
    }),
  }),
  z.object({
    type: z.literal('bot'),
    bot: z.object({ username: name, display_name: maybeText, owner: maybeText, delete_at: maybeNumber }),
  }),
  z.object({ type: z.literal('post'), post: z.object({ ...post, team: name, channel: name }) }),
  z.object({
    type: z.literal('direct_channel'),
    direct_channel: z.object({
      members: texts,
      participants: listOf(z.object({ username: name })),
      header: maybeText,
    }),
  }),
  z.object({
    type: z.literal('direct_post'),
    direct_post: z.object({ ...post, channel_members: z.array(name).min(1) }),
  }),
]);
export type Line = z.infer<typeof line>;
export type Said = z.infer<typeof reply>;
export type User = Extract<Line, { type: 'user' }>['user'];
export type Channel = Extract<Line, { type: 'channel' }>['channel'];

/** Types of lines that hold nothing of people's content. */
export const PASSED_OVER: ReadonlySet<string> = new Set(['scheme', 'role', 'team', 'info']);
