import { z } from 'zod';
import { text, ungroupCode } from '../core/primitives.ts';

/** Longer input is rejected anyway, so it is not normalized. */
const LONGEST_TYPED = 4096;

/**
 * A password, normalized to NFC (RFC 8265), so that its length and its hash do not depend on the keyboard: `ñ` is one
 * character, whether typed as one code point or as two.
 */
const password = (min: number) =>
  text(min, 128, (typed) => (typed.length > LONGEST_TYPED ? typed : typed.normalize('NFC')));

/** A new password. */
export const newPassword = password(8);

/** A password entered to authenticate. Only its length is checked, so that the error does not reveal the password rules. */
export const typedPassword = password(1);

/** Whether API tokens are revoked together with the sessions. */
export const revokeTokens = z
  .boolean()
  .default(false)
  .meta({ description: 'Revoke all API tokens of the account too' });

/** A one-time code sent by email. */
export const otp = z
  .string()
  .max(64)
  .overwrite(ungroupCode)
  .regex(/^\d{6}$/, { error: 'six digits' })
  .meta({ description: 'Six digits; spaces and hyphens between them are ignored' });

/** A code from an authenticator app, a one-time code sent by email, or a recovery code. */
export const secondFactor = z
  .string()
  .max(64)
  .overwrite(ungroupCode)
  .min(6)
  .max(32)
  .regex(/^[\da-zA-Z]+$/, { error: 'six digits, or a recovery code' })
  .meta({
    description:
      'Six digits from the authenticator app or the email, or a recovery code; spaces and hyphens are ignored',
  });

/** A secret issued by the server: a refresh token, the token of an emailed link, the id of a challenge. */
export const token = z.string().min(1).max(4096);
