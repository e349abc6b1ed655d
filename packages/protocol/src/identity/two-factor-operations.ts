import { z } from 'zod';
import { operation } from '../core/operation.ts';
import { instant, nothing } from '../core/primitives.ts';
import { otp, secondFactor, token, typedPassword } from './credentials.ts';

/** Second factors. An authenticator app is more secure than codes by email. */
const method = z.enum(['totp', 'email', 'recovery']);
export type TwoFactorMethod = z.infer<typeof method>;

/** The second step of a sign-in whose password was correct. */
export const challenge = z.object({
  id: z.string().meta({ description: 'Send it with the code to POST /auth/verify-otp. Keep it secret' }),
  methods: z.array(method).meta({ description: 'Accepted methods, the recommended one first' }),
  expiresAt: instant,
});
export type Challenge = z.infer<typeof challenge>;

const password = typedPassword
  .optional()
  .meta({ description: 'Optional within 10 minutes of signing in, and for accounts without a password' });
const chosen = z
  .enum(['totp', 'email'])
  .default('totp')
  .meta({ description: 'totp: an authenticator app (recommended). email: codes by email, which are less secure' });
const recoveryCodes = z
  .array(z.string())
  .meta({ description: 'Shown only once. Each code can be used for one sign-in' });

/** Operations of the group `auth` for two-factor authentication. */
export const twoFactorOperations = {
  resendOtp: operation({
    summary: 'Send a sign-in code by email',
    description: 'Invalidates the previous code.',
    method: 'POST',
    path: '/auth/verify-otp/resend',
    access: 'public',
    limit: 'otp_resend',
    example: { challengeId: 'the challengeId of auth.login' },
    input: z.strictObject({ challengeId: token }),
    output: nothing,
    errors: ['challenge_failed'],
    secret: true,
  }),
  twoFactor: operation({
    summary: 'Get your two-factor authentication settings',
    method: 'GET',
    path: '/auth/2fa',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: z.object({ methods: z.array(method.exclude(['recovery'])), recoveryCodes: z.int().min(0) }),
    unverified: true,
    sessionOnly: true,
  }),
  enableTwoFactor: operation({
    summary: 'Start enabling two-factor authentication',
    description: 'With an authenticator app (recommended) or codes by email. Requires a verified email address.',
    method: 'POST',
    path: '/auth/2fa/enable',
    access: 'user',
    limit: 'otp',
    example: { method: 'email', password: 'correct horse battery staple' },
    input: z.strictObject({ method: chosen, password }),
    output: z.object({
      method: chosen.unwrap(),
      secret: z
        .string()
        .optional()
        .meta({ description: 'Secret for the authenticator app, in base 32. Shown only once' }),
      uri: z.string().optional().meta({ description: 'The secret as an otpauth:// URI, to show as a QR code' }),
    }),
    errors: ['password_wrong', 'reauthentication_required', 'conflict'],
    secret: true,
    sessionOnly: true,
  }),
  confirmTwoFactor: operation({
    summary: 'Confirm and enable two-factor authentication',
    description:
      'Requires a first code from the chosen method. Returns recovery codes when it is the first method you enable.',
    method: 'POST',
    path: '/auth/2fa/confirm',
    access: 'user',
    limit: 'otp',
    example: { method: 'email', code: '123456' },
    input: z.strictObject({ method: chosen, code: otp }),
    output: z.object({ recoveryCodes: recoveryCodes.optional() }),
    errors: ['code_wrong'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  sendTwoFactorCode: operation({
    summary: 'Send a code to change two-factor settings',
    method: 'POST',
    path: '/auth/2fa/code',
    access: 'user',
    limit: 'otp_resend',
    input: z.strictObject({}),
    output: nothing,
    errors: ['conflict'],
    unverified: true,
    sessionOnly: true,
  }),
  renewRecoveryCodes: operation({
    summary: 'Regenerate recovery codes',
    description: 'Invalidates the previous recovery codes.',
    method: 'POST',
    path: '/auth/2fa/recovery-codes',
    access: 'user',
    limit: 'otp',
    example: { code: '123456' },
    input: z.strictObject({ code: secondFactor }),
    output: z.object({ recoveryCodes }),
    errors: ['code_wrong', 'conflict'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  disableTwoFactor: operation({
    summary: 'Disable two-factor authentication',
    description: 'Requires your password and a code.',
    method: 'POST',
    path: '/auth/2fa/disable',
    access: 'user',
    limit: 'otp',
    example: { password: 'correct horse battery staple', code: '123456' },
    input: z.strictObject({ password, code: secondFactor }),
    output: nothing,
    errors: ['password_wrong', 'reauthentication_required', 'code_wrong', 'conflict'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
};
