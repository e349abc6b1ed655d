import { createECDH, randomBytes } from 'node:crypto';
import { z } from 'zod';

const KEY_BYTES = 32;
/** Of 32 random bytes, fewer than this many are different ones about never: such a key was typed, not drawn. */
const DIFFERENT_BYTES = 16;

const signingKey = z.object({
  kid: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  /** Since when another key signs. */
  retiredAt: z.iso.datetime().nullable(),
  privateKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
});
export type StoredSigningKey = z.infer<typeof signingKey>;

const dataKey = z.object({
  /** Other nodes have it by then. */
  usedFrom: z.iso.datetime(),
  key: z.base64().length(44).refine(isRandom),
});
/** Keys the hashes of short codes, which could be guessed from a plain hash, and seals secrets. Base64, 32 bytes. */
export type StoredDataKey = z.infer<typeof dataKey>;

const base64url = (length: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .length(length);
const pushKey = z.object({
  createdAt: z.iso.datetime(),
  /** An uncompressed point of P-256, base64url. */
  publicKey: base64url(87),
  privateKey: base64url(43),
});
/** Keys by which push services know who sends (VAPID, RFC 8292). */
export type StoredPushKey = z.infer<typeof pushKey>;

const secrets = z.object({
  /** The newest first; that one signs. */
  signingKeys: z.array(signingKey).min(1),
  /** The newest first; of those whose time has come, the first is used. The others still open what they closed. */
  dataKeys: z.array(dataKey).min(1),
  /** The newest first; new subscriptions are made with that one. None in the secrets of older versions. */
  pushKeys: z.array(pushKey).max(10).default([]),
});
export type IdentitySecrets = z.infer<typeof secrets>;

/** Reads secrets as they are stored; undefined when they are damaged. */
export function parseSecrets(content: string): IdentitySecrets | undefined {
  return secrets.safeParse(withDataKeys(tryParse(content))).data;
}

export function newDataKey(usedFrom: Date): StoredDataKey {
  return { usedFrom: usedFrom.toISOString(), key: randomBytes(KEY_BYTES).toString('base64') };
}

export function newPushKey(now: Date): StoredPushKey {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return {
    createdAt: now.toISOString(),
    publicKey: pair.getPublicKey('base64url'),
    // Shorter by a byte now and then: numbers lose their leading zeros.
    privateKey: Buffer.concat([Buffer.alloc(KEY_BYTES), pair.getPrivateKey()])
      .subarray(-KEY_BYTES)
      .toString('base64url'),
  };
}

/** There was a time when the one data key could not be replaced, and was stored under another name. */
function withDataKeys(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('codeKey' in content)) return content;
  const { codeKey, ...others } = content;
  return { dataKeys: [{ usedFrom: new Date(0).toISOString(), key: codeKey }], ...others };
}

function isRandom(key: string): boolean {
  return new Set(Buffer.from(key, 'base64')).size >= DIFFERENT_BYTES;
}

function tryParse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
