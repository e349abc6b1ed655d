import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits cannot be guessed, so a fast hash is enough for storage. */
const BYTES = 32;
const SHAPE = /^[\w-]{43}$/;

/** Generates the secret part of a webhook's URL, and the hash to store. */
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
