import { z } from 'zod';
import { id, instant, version } from '../core/primitives.ts';
import { avatarOfFile, fileOfPath } from './avatar.ts';

/** Names with another meaning after an @, or that look like the operator of the server. */
const RESERVED_USERNAMES: ReadonlySet<string> = new Set(['here', 'channel', 'everyone', 'all', 'admin', 'atrium']);

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9._-]{1,28})[a-z0-9]$/, {
    error: '3 to 30 characters: letters, digits, dot, dash, underscore; a letter or digit at both ends',
  })
  .refine((name) => !RESERVED_USERNAMES.has(name), { error: 'is a reserved word' });

/** An IANA time zone known to this runtime. */
export const timezone = z
  .string()
  .max(64)
  .refine(
    (zone) => {
      try {
        return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
      } catch {
        return false;
      }
    },
    { error: 'is not a known IANA time zone' },
  );

/** The language of a person, with their region if it is known. */
export const locale = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/, { error: 'is not a language tag such as en or de-AT' });

/** Time zone and language that a browser reports. Values that the server does not know must not prevent signing up. */
export const reportedRegion = z.object({
  timezone: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'IANA time zone of the account; ignored if the server does not know it' }),
  locale: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Language tag such as en or de-AT; ignored if the server does not know it' }),
});
export type ReportedRegion = z.infer<typeof reportedRegion>;

/** What one's picture is to be: a web address, or one that was uploaded here. */
export const newAvatar = z
  .union([
    z.url({ protocol: /^https?$/ }).max(2048),
    z
      .string()
      .max(100)
      .refine((path) => fileOfPath(path) !== undefined)
      .transform((path) => avatarOfFile(fileOfPath(path) ?? '')),
  ])
  .meta({
    description:
      'A web address; or the `url` of a picture that you uploaded with attachments.upload, without a workspaceId',
  });

/** The public profile of a user, visible to everyone who shares a workspace with them. */
export const user = z.object({
  id,
  name: z.string(),
  username: z.string().nullable(),
  avatar: z
    .string()
    .nullable()
    .meta({ description: 'A web address, or the path of a picture of at most 320 by 320 pixels on this server' }),
  isBot: z.boolean().meta({ description: 'Whether the account belongs to a program' }),
});
export type User = z.infer<typeof user>;

export const preferences = z.object({
  /** Hides your read and delivered receipts from others, and theirs from you. */
  hideReceipts: z.boolean(),
  /** Starting a timer stops the others. */
  oneTimer: z.boolean(),
  timerAskAfterHours: z
    .int()
    .min(1)
    .max(24)
    .nullable()
    .meta({ description: 'Hours after which you are asked whether you forgot a running timer; null: never' }),
  timerDailyCapHours: z.int().min(1).max(24).nullable().meta({
    description: 'Timers stop automatically once your tracked time of the day reaches this; null: never',
  }),
  morningDigestAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day such as 05:00' })
    .nullable()
    .meta({ description: 'When to send the email with the tasks due today, HH:MM in your time zone; null: never' }),
});
export type Preferences = z.infer<typeof preferences>;

export const instanceRole = z.enum(['user', 'admin']);

/** The signed-in user's own account. */
export const me = user.extend({
  email: z.string().meta({ description: 'Empty for bots, which have no email address' }),
  emailVerified: z.boolean(),
  role: instanceRole,
  timezone: z.string(),
  locale: z.string(),
  preferences,
  createdAt: instant,
  version,
});
export type Me = z.infer<typeof me>;
