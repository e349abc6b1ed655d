import { createHash, randomBytes } from 'node:crypto';

/** What every API token begins with, so that people and scanners recognise one that went astray. */
const MARK = 'atr_';
const BYTES = 32;
/** Characters that are kept readable: the mark and 24 bits of the 256. */
const PREFIX_LENGTH = MARK.length + 4;

/** A new secret, with what is stored of it. */
export interface TokenSecret {
  value: string;
  prefix: string;
  hash: Buffer;
}

/** Makes a secret that nobody can guess. */
export function newTokenSecret(): TokenSecret {
  const value = MARK + randomBytes(BYTES).toString('base64url');
  return { value, prefix: value.slice(0, PREFIX_LENGTH), hash: tokenHash(value) };
}

/** True for what looks like an API token; access tokens never do. */
export function isApiToken(value: string): boolean {
  return value.startsWith(MARK);
}

/** The hash by which the database knows a token: a plain one is enough for 256 random bits. */
export function tokenHash(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
