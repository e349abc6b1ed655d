import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A refresh token is two times 32 random bytes: the first half is the family's and stays through the life of a session,
 * the second is new each time. The family's half finds the session even when the token is long spent.
 */
const HALF_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A token as the caller knows it, and the hashes by which the database does. */
export interface RefreshToken {
  /** Base64url. A secret. */
  value: string;
  familyHash: Buffer;
  hash: Buffer;
}

/** A token of a new family. */
export function newRefreshToken(): RefreshToken {
  return tokenOf(randomBytes(2 * HALF_BYTES));
}

/** The next token of the same family. */
export function successorOf(token: RefreshToken): RefreshToken {
  return tokenOf(Buffer.concat([bytesOf(token).subarray(0, HALF_BYTES), randomBytes(HALF_BYTES)]));
}

/** undefined: no token of ours, whatever else it is. */
export function parseRefreshToken(value: string): RefreshToken | undefined {
  const bytes = Buffer.from(value, 'base64url');
  // Reading base64url is lenient; one token must have one spelling.
  return bytes.length === 2 * HALF_BYTES && bytes.toString('base64url') === value ? tokenOf(bytes) : undefined;
}

/** Encrypts `successor` so that only who holds `token` can read it: the database alone gives nobody a usable token. */
export function sealSuccessor(token: RefreshToken, successor: RefreshToken): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(token), iv);
  const sealed = Buffer.concat([cipher.update(bytesOf(successor)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The opposite. Throws when `token` is not the one it was sealed for. */
export function openSuccessor(token: RefreshToken, sealed: Buffer): RefreshToken {
  const decipher = createDecipheriv(CIPHER, sealingKey(token), sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return tokenOf(Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]));
}

function sealingKey(token: RefreshToken): Buffer {
  return Buffer.from(hkdfSync('sha256', bytesOf(token), '', 'atrium refresh successor', 32));
}

function tokenOf(bytes: Buffer): RefreshToken {
  return { value: bytes.toString('base64url'), familyHash: sha256(bytes.subarray(0, HALF_BYTES)), hash: sha256(bytes) };
}

function bytesOf(token: RefreshToken): Buffer {
  return Buffer.from(token.value, 'base64url');
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
