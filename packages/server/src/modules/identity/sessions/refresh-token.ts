import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A refresh token is two times 32 random bytes: the first half is the family's and stays for the life of a session, the
 * second is new each time. The first half finds the session even if the token was replaced long ago.
 */
const HALF_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A token as the caller has it, and the hashes that the database stores. */
export interface RefreshToken {
  /** Base64url. Secret. */
  value: string;
  familyHash: Buffer;
  hash: Buffer;
}

/** Creates a token of a new family. */
export function newRefreshToken(): RefreshToken {
  return tokenOf(randomBytes(2 * HALF_BYTES));
}

/** Creates the next token of the same family. */
export function successorOf(token: RefreshToken): RefreshToken {
  return tokenOf(Buffer.concat([bytesOf(token).subarray(0, HALF_BYTES), randomBytes(HALF_BYTES)]));
}

/** Parses a token; undefined if it is not one of ours. */
export function parseRefreshToken(value: string): RefreshToken | undefined {
  const bytes = Buffer.from(value, 'base64url');
  // Decoding of base64url is lenient; a token must have one spelling.
  return bytes.length === 2 * HALF_BYTES && bytes.toString('base64url') === value ? tokenOf(bytes) : undefined;
}

/** Encrypts `successor` so that it can be read only with `token`: the database alone contains no usable token. */
export function sealSuccessor(token: RefreshToken, successor: RefreshToken): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(token), iv);
  const sealed = Buffer.concat([cipher.update(bytesOf(successor)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Decrypts a successor. Throws if `token` is not the one it was sealed for. */
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
