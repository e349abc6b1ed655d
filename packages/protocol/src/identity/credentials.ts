import { z } from 'zod';
import { text, ungroupCode } from '../core/primitives.ts';

/** Longer input is refused anyway, so it is not worth normalizing. */
const LONGEST_TYPED = 4096;

/**
 * A password in NFC, so that it is measured and compared alike however it was typed (RFC 8265): `ñ` is one character,
 * as one code point or as two.
 */
const password = (min: number) =>
  text(min, 128, (typed) => (typed.length > LONGEST_TYPED ? typed : typed.normalize('NFC')));

/** A password as somebody chooses it. */
export const newPassword = password(8);

/** A password as somebody types it to prove who they are; nothing is said about what it should look like. */
export const typedPassword = password(1);

/** A mailed code. */
export const otp = z
  .string()
  .max(64)
  .overwrite(ungroupCode)
  .regex(/^\d{6}$/, { error: 'six digits' })
  .meta({ description: 'Six digits; spaces and hyphens between them are ignored' });

/** A code of an authenticator app, a mailed code, or a recovery code. */
export const secondFactor = z
  .string()
  .max(64)
  .overwrite(ungroupCode)
  .min(6)
  .max(32)
  .regex(/^[\da-zA-Z]+$/, { error: 'six digits, or a recovery code' })
  .meta({
    description:
      'Six digits from the authenticator app or the mail, or a recovery code; spaces and hyphens are ignored',
  });

/** A secret that the server made and gave away: a refresh token, the token of a mailed link, a challenge. */
export const token = z.string().min(1).max(4096);
