import { z } from 'zod';
import { operation } from '../core/operation.ts';
import { email, nothing } from '../core/primitives.ts';
import { newPassword, revokeTokens, token, typedPassword } from './credentials.ts';
import { reportedRegion } from './user.ts';

/** Operations of the group `auth` for passwords. */
export const passwordOperations = {
  changePassword: operation({
    summary: 'Change or set your password',
    description: 'Signs out all other devices. API tokens keep working unless `revokeTokens` is true.',
    method: 'POST',
    path: '/auth/change-password',
    access: 'user',
    limit: 'otp',
    example: { current: 'correct horse battery staple' },
    input: z.strictObject({ current: typedPassword.optional(), password: newPassword, revokeTokens }),
    output: nothing,
    errors: ['password_wrong', 'password_refused', 'reauthentication_required'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  forgotPassword: operation({
    summary: 'Send a password reset email',
    description: 'Returns the same response whether or not the address belongs to an account.',
    method: 'POST',
    path: '/auth/forgot-password',
    access: 'public',
    limit: 'forgot',
    input: z.strictObject({ email }),
    output: nothing,
  }),
  resetPassword: operation({
    summary: 'Reset a password',
    description:
      'Takes the token from the emailed link. Signs out all devices and revokes all API tokens. Time zone and language ' +
      'are set only for an account that nobody could sign in to before.',
    method: 'POST',
    path: '/auth/reset-password',
    access: 'public',
    limit: 'reset',
    example: { token: 'from-the-link-in-the-mail' },
    endsSession: true,
    input: z.strictObject({ token, password: newPassword, ...reportedRegion.shape }),
    output: nothing,
    errors: ['link_wrong', 'password_refused'],
    secret: true,
  }),
  reopenSignIn: operation({
    summary: 'Unlock password sign-in after too many failed attempts',
    description: 'Takes the token from the emailed link.',
    method: 'POST',
    path: '/auth/reopen-sign-in',
    access: 'public',
    limit: 'reset',
    example: { token: 'from-the-link-in-the-mail' },
    input: z.strictObject({ token }),
    output: nothing,
    errors: ['link_wrong'],
    secret: true,
  }),
};
