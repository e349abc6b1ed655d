import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { email, fullList, id, instant, line, nothing } from '../core/primitives.ts';
import { newPassword, otp, revokeTokens, secondFactor, token, typedPassword } from './credentials.ts';
import { passwordOperations } from './password-operations.ts';
import { providerOperations } from './provider-operations.ts';
import { challenge, twoFactorOperations } from './two-factor-operations.ts';
import { me, reportedRegion, username } from './user.ts';

const session = z.object({
  id,
  device: z.string().meta({ description: 'Taken from the User-Agent header' }),
  ip: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;

const tokens = z.object({
  accessToken: z.string().optional(),
  expiresIn: z.int().meta({ description: 'Lifetime of the access token in seconds' }),
  refreshToken: z.string().optional(),
});

export const auth = operationGroup('auth', {
  register: operation({
    summary: 'Create an account',
    method: 'POST',
    path: '/auth/register',
    access: 'public',
    limit: 'register',
    example: { name: 'Ada Lovelace' },
    input: z.strictObject({
      name: line(2, 100),
      email,
      password: newPassword,
      username: username.optional(),
      ...reportedRegion.shape,
      code: z
        .string()
        .min(1)
        .max(64)
        .optional()
        .meta({ description: 'A join code or invitation, if registration is by invitation' }),
      setupToken: z
        .string()
        .min(1)
        .max(64)
        .optional()
        .meta({ description: 'From the link that the server shows at its first start, for the first account' }),
    }),
    output: me,
    status: 201,
    errors: ['email_taken', 'username_taken', 'password_refused', 'registration_closed', 'setup_link_required'],
  }),
  login: operation({
    summary: 'Sign in with email and password',
    description:
      'If two-factor authentication is enabled, returns a challenge instead of tokens. Failures are counted by account and IP address, so that colleagues behind one address do not lock each other out. An address that failed for as many accounts as the limit allows is refused, except for the correct password of accounts that have signed in from it before.',
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
      challenge: challenge
        .optional()
        .meta({ description: 'Returned alone when two-factor authentication is required' }),
    }),
    errors: ['invalid_credentials'],
    secret: true,
  }),
  verifyOtp: operation({
    summary: 'Complete a sign-in with a second factor',
    description: 'Accepts a code from an authenticator app (recommended), a code sent by email, or a recovery code.',
    method: 'POST',
    path: '/auth/verify-otp',
    access: 'public',
    limit: 'otp',
    example: { challengeId: 'the challengeId of auth.login', code: '123456' },
    input: z.strictObject({ challengeId: token, code: secondFactor }),
    output: tokens.extend({ user: me }),
    errors: ['challenge_failed'],
    secret: true,
  }),
  verifyEmail: operation({
    summary: 'Verify your email address',
    method: 'POST',
    path: '/auth/verify-email',
    access: 'user',
    limit: 'otp',
    example: { otp: '123456' },
    input: z.strictObject({ otp }),
    output: me,
    errors: ['code_wrong'],
    unverified: true,
    sessionOnly: true,
  }),
  resendVerification: operation({
    summary: 'Resend the email verification code',
    description: 'Invalidates the previous code.',
    method: 'POST',
    path: '/auth/verify-email/resend',
    access: 'user',
    limit: 'otp_resend',
    input: z.strictObject({}),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
  ...twoFactorOperations,
  ...passwordOperations,
  ...providerOperations,
  refresh: operation({
    summary: 'Refresh the access token',
    description:
      'Returns a new access token and a new refresh token. Browser sessions send the refresh token as a cookie.',
    method: 'POST',
    path: '/auth/refresh',
    access: 'public',
    limit: 'refresh',
    example: { refreshToken: 'the refreshToken of auth.login' },
    input: z.strictObject({ refreshToken: token.optional() }),
    output: tokens,
    errors: ['invalid_token'],
    secret: true,
  }),
  sessions: operation({
    summary: 'List your sessions',
    method: 'GET',
    path: '/auth/sessions',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: fullList(session),
    unverified: true,
    sessionOnly: true,
  }),
  revokeSession: operation({
    summary: 'Revoke a session',
    method: 'DELETE',
    path: '/auth/sessions/:sessionId',
    access: 'user',
    limit: 'user',
    endsSession: true,
    input: z.strictObject({ sessionId: id }),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
  logout: operation({
    summary: 'Sign out',
    method: 'POST',
    path: '/auth/logout',
    access: 'user',
    limit: 'user',
    endsSession: true,
    input: z.strictObject({}),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
  logoutAll: operation({
    summary: 'Sign out of all devices',
    description: 'API tokens keep working unless `revokeTokens` is true.',
    method: 'POST',
    path: '/auth/logout-all',
    access: 'user',
    limit: 'user',
    endsSession: true,
    input: z.strictObject({ revokeTokens }),
    output: nothing,
    unverified: true,
    sessionOnly: true,
  }),
});
