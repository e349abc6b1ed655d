import { z } from 'zod';
import { operation } from '../core/operation.ts';
import { email, nothing } from '../core/primitives.ts';
import { newPassword, token, typedPassword } from './credentials.ts';

/** Operations of the group `auth` about forgotten and new passwords. */
export const passwordOperations = {
  forgotPassword: operation({
    summary: 'Mail a link to set a new password',
    description: 'The answer is the same whether the address is known or not.',
    method: 'POST',
    path: '/auth/forgot-password',
    access: 'public',
    limit: 'forgot',
    input: z.strictObject({ email }),
    output: nothing,
  }),
  resetPassword: operation({
    summary: 'Set a new password with the mailed link',
    description: 'Takes the token of the link. Signs all devices out and ends all API tokens.',
    method: 'POST',
    path: '/auth/reset-password',
    access: 'public',
    limit: 'reset',
    input: z.strictObject({ token, password: newPassword }),
    output: nothing,
    errors: ['link_wrong', 'password_refused'],
    secret: true,
  }),
  changePassword: operation({
    summary: 'Change my password, or set a first one',
    description: 'Signs all other devices out.',
    method: 'POST',
    path: '/auth/change-password',
    access: 'user',
    limit: 'otp',
    input: z.strictObject({ current: typedPassword.optional(), password: newPassword }),
    output: nothing,
    errors: ['password_wrong', 'password_refused', 'reauthentication_required'],
    secret: true,
    unverified: true,
    sessionOnly: true,
  }),
  reopenSignIn: operation({
    summary: 'Let passwords in again after too many wrong ones',
    description: 'Takes the token of the mailed link.',
    method: 'POST',
    path: '/auth/reopen-sign-in',
    access: 'public',
    limit: 'reset',
    input: z.strictObject({ token }),
    output: nothing,
    errors: ['link_wrong'],
    secret: true,
  }),
};
