import { generateSecret, generateURI, verifySync } from 'otplib';

const ISSUER = 'Atrium';
const PERIOD_SECONDS = 30;
const CODE = /^\d{6}$/;

/** Creates a secret for an authenticator app, in base 32 (160 bits). */
export function newTotpSecret(): string {
  return generateSecret();
}

/** The URI that an authenticator app reads from a QR code. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: ISSUER, label: email, secret });
}

/**
 * The time step of a code, accepting one step before and after now as well; undefined if there is none, or if it is not
 * after `lastStep`, whose code was used already.
 */
export function totpStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  if (!CODE.test(code)) return undefined;
  const result = verifySync({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: PERIOD_SECONDS,
  });
  if (!result.valid || !('timeStep' in result)) return undefined;
  return result.timeStep > lastStep ? result.timeStep : undefined;
}
