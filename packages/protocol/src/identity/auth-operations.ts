import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { email, id, instant, line, nothing, whole } from '../core/primitives.ts';
import { newPassword, otp, secondFactor, token, typedPassword } from './credentials.ts';
import { passwordOperations } from './password-operations.ts';
import { providerOperations } from './provider-operations.ts';
import { challenge, twoFactorOperations } from './two-factor-operations.ts';
import { me, username } from './user.ts';

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
