import { z } from 'zod';
import { operation } from '../core/operation.ts';
import { instant, nothing } from '../core/primitives.ts';
import { otp, secondFactor, token, typedPassword } from './credentials.ts';

/** Ways to prove oneself a second time. An authenticator app is safer than codes by mail. */
const method = z.enum(['totp', 'email', 'recovery']);
export type TwoFactorMethod = z.infer<typeof method>;

/** What a sign-in with a right password still waits for. */
export const challenge = z.object({
  id: z.string().meta({ description: 'Goes with the code to POST /auth/verify-otp; a secret' }),
  methods: z.array(method).meta({ description: 'What a code may come from; the recommended one first' }),
  expiresAt: instant,
});
export type Challenge = z.infer<typeof challenge>;

const password = typedPassword
  .optional()
  .meta({ description: 'May be left out within 10 minutes of signing in, or where there is no password' });
const chosen = z
  .enum(['totp', 'email'])
  .default('totp')
  .meta({ description: 'totp: an authenticator app, recommended. email: mailed codes, weaker than an app' });
const recoveryCodes = z
  .array(z.string())
  .meta({ description: 'Shown this once; each is good for one sign-in when nothing else is at hand' });

/** Operations of the group `auth` about the second factor. */
export const twoFactorOperations = {
  resendOtp: operation({
    summary: 'Mail a code for the sign-in under way',
    description: 'The older one stops working.',
    method: 'POST',
    path: '/auth/verify-otp/resend',
    access: 'public',
    limit: 'otp_resend',
    input: z.strictObject({ challengeId: token }),
    output: nothing,
    errors: ['challenge_failed'],
    secret: true,
  }),
  twoFactor: operation({
    summary: 'How I prove myself a second time',
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
    summary: 'Begin to set up a second factor',
    description: 'An authenticator app (recommended), or mailed codes. The e-mail address has to be verified.',
    method: 'POST',
    path: '/auth/2fa/enable',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({ method: chosen, password }),
    output: z.object({
      method: chosen.unwrap(),
      secret: z.string().optional().meta({ description: 'For the authenticator app, in base 32; shown this once' }),
      uri: z.string().optional().meta({ description: 'The same as otpauth:// address, to be shown as a QR code' }),
    }),
    errors: ['password_wrong', 'reauthentication_required', 'conflict'],
    secret: true,
    sessionOnly: true,
  }),
  confirmTwoFactor: operation({
    summary: 'Turn the second factor on by a first code from it',
    method: 'POST',
    path: '/auth/2fa/confirm',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({ method: chosen, code: otp }),
    output: z.object({ recoveryCodes: recoveryCodes.optional() }),
    errors: ['code_wrong'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  sendTwoFactorCode: operation({
    summary: 'Mail a code to change my second factor with',
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
    summary: 'Make new recovery codes; the older ones stop working',
    method: 'POST',
    path: '/auth/2fa/recovery-codes',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({ code: secondFactor }),
    output: z.object({ recoveryCodes }),
    errors: ['code_wrong', 'conflict'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  disableTwoFactor: operation({
    summary: 'Turn the second factor off, with password and a code',
    method: 'POST',
    path: '/auth/2fa/disable',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({ password, code: secondFactor }),
    output: nothing,
    errors: ['password_wrong', 'reauthentication_required', 'code_wrong', 'conflict'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
};
