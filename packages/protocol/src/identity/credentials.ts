import { z } from 'zod';
import { text } from '../core/primitives.ts';

/** A password as somebody chooses it. */
export const newPassword = text(8, 128);

/** A password as somebody types it to prove who they are; nothing is said about what it should look like. */
export const typedPassword = text(1, 128);

/** A mailed code. */
export const otp = z
  .string()
  .trim()
  .regex(/^\d{6}$/, { error: 'six digits' });

/** A code of an authenticator app, a mailed code, or a recovery code. */
export const secondFactor = z
  .string()
  .trim()
  .min(6)
  .max(32)
  .regex(/^[\da-zA-Z -]+$/, { error: 'six digits, or a recovery code' })
  .meta({ description: 'Six digits from the authenticator app or the mail, or a recovery code' });

/** A secret that the server made and gave away: a refresh token, the token of a mailed link, a challenge. */
export const token = z.string().min(1).max(4096);
