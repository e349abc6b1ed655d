import { createHash, randomBytes } from 'node:crypto';

/** The prefix of every API token, by which people and scanners recognize a leaked one. */
const MARK = 'atr_';
const BYTES = 32;
/** Characters that stay readable: the prefix and 24 bits of the 256. */
const PREFIX_LENGTH = MARK.length + 4;

/** A new secret, and what is stored of it. */
export interface TokenSecret {
  value: string;
  prefix: string;
  hash: Buffer;
}

/** Creates a secret that cannot be guessed. */
export function newTokenSecret(): TokenSecret {
  const value = MARK + randomBytes(BYTES).toString('base64url');
  return { value, prefix: value.slice(0, PREFIX_LENGTH), hash: tokenHash(value) };
}

/** True for text in the format of an API token; access tokens never match. */
export function isApiToken(value: string): boolean {
  return value.startsWith(MARK);
}

/** The hash that the database stores: a plain one is enough for 256 random bits. */
export function tokenHash(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
