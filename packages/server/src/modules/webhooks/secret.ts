import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits: nobody guesses it, so a fast hash is enough to keep. */
const BYTES = 32;
const SHAPE = /^[\w-]{43}$/;

/** Makes the secret part of a webhook's address, and what is stored of it. */
export function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(BYTES).toString('base64url');
  return { secret, hash: hashOf(secret) };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares in constant time. */
export function isSecret(secret: string, hash: Buffer): boolean {
  return SHAPE.test(secret) && timingSafeEqual(hashOf(secret), hash);
}
