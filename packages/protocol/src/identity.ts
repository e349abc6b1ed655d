import { z } from 'zod';
import { newPassword, otp, secondFactor, token, typedPassword } from './credentials.ts';
import { event } from './event.ts';
import { operation, operationGroup } from './operation.ts';
import { passwordOperations } from './passwords.ts';
import { email, id, instant, line, nothing, version, whole } from './primitives.ts';
import { providerOperations } from './provider-operations.ts';
import { challenge, twoFactorOperations } from './two-factor.ts';

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9._-]{1,28})[a-z0-9]$/, {
    error: '3 to 30 characters: letters, digits, dot, dash, underscore; a letter or digit at both ends',
  });

/** An IANA time zone that this runtime knows. */
const timezone = z
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

/** What everybody who shares a workspace with a person may see. */
export const user = z.object({
  id,
  name: z.string(),
  username: z.string().nullable(),
  avatar: z.string().nullable(),
  isBot: z.boolean().meta({ description: 'A program with an account of its own' }),
});
export type User = z.infer<typeof user>;

export const preferences = z.object({
  /** Hides one's own read and delivered marks from others, and theirs from oneself. */
  hideReceipts: z.boolean(),
});
export type Preferences = z.infer<typeof preferences>;

export const instanceRole = z.enum(['user', 'admin']);

/** The signed-in person, as only they see themselves. */
export const me = user.extend({
  email: z.string().meta({ description: 'Empty for a bot, which has none' }),
  emailVerified: z.boolean(),
  role: instanceRole,
  timezone: z.string(),
  locale: z.string(),
  preferences,
  createdAt: instant,
  version,
});
export type Me = z.infer<typeof me>;

const session = z.object({
  id,
  device: z.string().meta({ description: 'From the User-Agent header' }),
  ip: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;

const tokens = z.object({
  accessToken: z.string().optional(),
  expiresIn: z.int().meta({ description: 'Seconds that the access token lasts' }),
  refreshToken: z.string().optional(),
});

/** What people who have not verified their address may do. */
const unverifiedMay = z.enum(['everything', 'read', 'nothing']);
const settings = z.object({
  unverifiedMay,
  neutralRegistration: z.boolean().meta({
    description:
      'Signing up gives one answer for known and unknown addresses; an account then opens only to whoever reads its mail',
  }),
});
export type InstanceSettings = z.infer<typeof settings>;

export const auth = operationGroup('auth', {
  register: operation({
    summary: 'Create an account',
    method: 'POST',
    path: '/auth/register',
    access: 'public',
    limit: 'register',
    input: z.strictObject({ name: line(2, 100), email, password: newPassword, username: username.optional() }),
    output: me,
    status: 201,
    errors: ['email_taken', 'username_taken', 'password_refused'],
  }),
  login: operation({
    summary: 'Sign in with e-mail address and password',
    description: 'With a second factor turned on, the answer is a challenge instead of tokens.',
    method: 'POST',
    path: '/auth/login',
    access: 'public',
    limit: 'login',
    input: z.strictObject({
      email,
      password: typedPassword,
      transport: z.enum(['token', 'cookie']).default('token'),
      remember: z.boolean().default(false),
    }),
    output: tokens.partial().extend({
      user: me.optional(),
      challenge: challenge.optional().meta({ description: 'Instead of all else: a second factor is asked for' }),
    }),
    errors: ['invalid_credentials'],
    secret: true,
  }),
  verifyOtp: operation({
    summary: 'Finish signing in with a second factor',
    description: 'The code is from the authenticator app (recommended), the mail, or a recovery code.',
    method: 'POST',
    path: '/auth/verify-otp',
    access: 'public',
    limit: 'otp',
    input: z.strictObject({ challengeId: token, code: secondFactor }),
    output: tokens.extend({ user: me }),
    errors: ['challenge_failed'],
    secret: true,
  }),
  ...twoFactorOperations,
  ...passwordOperations,
  ...providerOperations,
  refresh: operation({
    summary: 'Trade a refresh token for a new pair',
    description: 'Browsers send theirs as a cookie.',
    method: 'POST',
    path: '/auth/refresh',
    access: 'public',
    limit: 'refresh',
    input: z.strictObject({ refreshToken: token.optional() }),
    output: tokens,
    errors: ['invalid_token'],
    secret: true,
  }),
  verifyEmail: operation({
    summary: 'Prove the e-mail address with the mailed code',
    method: 'POST',
    path: '/auth/verify-email',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({ otp }),
    output: me,
    errors: ['code_wrong'],
    unverified: true,
    sessionOnly: true,
  }),
  resendVerification: operation({
    summary: 'Mail a new verification code; the older one stops working',
    method: 'POST',
    path: '/auth/verify-email/resend',
    access: 'user',
    limit: 'otp_resend',
    input: z.strictObject({}),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
  sessions: operation({
    summary: 'Where I am signed in',
    method: 'GET',
    path: '/auth/sessions',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: whole(session),
    unverified: true,
    sessionOnly: true,
  }),
  revokeSession: operation({
    summary: 'Sign one device out',
    method: 'DELETE',
    path: '/auth/sessions/:sessionId',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ sessionId: id }),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
  logout: operation({
    summary: 'Sign this device out',
    method: 'POST',
    path: '/auth/logout',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
  logoutAll: operation({
    summary: 'Sign all devices out',
    method: 'POST',
    path: '/auth/logout-all',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
});

export const users = operationGroup('users', {
  me: operation({
    summary: 'Who I am',
    method: 'GET',
    path: '/users/me',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: me,
    unverified: true,
  }),
  updateMe: operation({
    summary: 'Change my profile and preferences',
    method: 'PATCH',
    path: '/users/me',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      name: line(2, 100).optional(),
      username: username.nullable().optional(),
      avatar: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .nullable()
        .optional(),
      timezone: timezone.optional(),
      locale: z
        .string()
        .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/, { error: 'is not a language tag such as en or de-AT' })
        .optional(),
      preferences: preferences.partial().strict().optional(),
      version: version.optional(),
    }),
    output: me,
    errors: ['username_taken', 'version_conflict'],
  }),
  export: operation({
    summary: 'Make a copy of all my data',
    description: 'Answers with a link to a zip archive, which works once, within 10 minutes.',
    method: 'POST',
    path: '/users/me/export',
    access: 'user',
    limit: 'export',
    input: z.strictObject({}),
    output: z.object({ url: z.url(), expiresAt: instant }),
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  delete: operation({
    summary: 'Delete my account for good',
    description: 'I am anonymised everywhere; what I wrote to others stays.',
    method: 'DELETE',
    path: '/users/me',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({
      password: typedPassword
        .optional()
        .meta({ description: 'Left out only where there is none; then within 10 minutes of signing in' }),
    }),
    output: nothing,
    errors: ['password_wrong', 'reauthentication_required', 'last_owner', 'conflict'],
    secret: true,
    body: true,
    unverified: true,
    sessionOnly: true,
  }),
  get: operation({
    summary: 'A person who shares a workspace with me',
    method: 'GET',
    path: '/users/:userId',
    access: 'user:acquainted',
    limit: 'user',
    input: z.strictObject({ userId: id }),
    output: user,
  }),
});

export const admin = operationGroup('admin', {
  settings: operation({
    summary: 'The settings of this instance',
    method: 'GET',
    path: '/admin/settings',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: settings,
  }),
  updateSettings: operation({
    summary: 'Change the settings of this instance',
    method: 'PATCH',
    path: '/admin/settings',
    access: 'instance:admin',
    limit: 'user',
    input: settings.partial().strict(),
    output: settings,
  }),
  rotateKeys: operation({
    summary: 'Let a new key sign',
    description: 'What older ones signed stays good until it ends by itself.',
    method: 'POST',
    path: '/admin/keys/rotate',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
});

export const identityEvents = {
  'me:updated': event({ summary: 'My own account changed', on: ['user'], data: me }),
  'user:updated': event({
    summary: 'The public profile of someone in the workspace changed',
    on: ['workspace'],
    data: user.extend({ workspaceId: id }),
  }),
  'session:revoked': event({
    summary: 'A device was signed out, or an API token ended; its connections close',
    on: ['user'],
    data: z.object({ sessionIds: z.array(id) }),
  }),
} as const;
