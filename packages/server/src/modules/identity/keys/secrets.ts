import { createECDH, randomBytes } from 'node:crypto';
import { z } from 'zod';

const KEY_BYTES = 32;
/** 32 random bytes almost never have fewer distinct values than this: such a key was typed, not generated. */
const DIFFERENT_BYTES = 16;

const signingKey = z.object({
  kid: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  /** When another key replaced it. */
  retiredAt: z.iso.datetime().nullable(),
  privateKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
});
export type StoredSigningKey = z.infer<typeof signingKey>;

const dataKey = z.object({
  /** When every node has it. */
  usedFrom: z.iso.datetime(),
  key: z.base64().length(44).refine(isRandom),
});
/** Hashes short codes, which could be guessed from a plain hash, and seals secrets. Base64, 32 bytes. */
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
/** Keys that identify the sender to push services (VAPID, RFC 8292). */
export type StoredPushKey = z.infer<typeof pushKey>;

const secrets = z.object({
  /** Newest first; the first one signs. */
  signingKeys: z.array(signingKey).min(1),
  /** Newest first; the first one that is due is used. The others still open what they sealed. */
  dataKeys: z.array(dataKey).min(1),
  /** Newest first; new subscriptions use the first one. Empty in secrets of older versions. */
  pushKeys: z.array(pushKey).max(10).default([]),
});
export type IdentitySecrets = z.infer<typeof secrets>;

/** Parses stored secrets; undefined if they are damaged. */
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
    // Occasionally a byte shorter: leading zeros are dropped.
    privateKey: Buffer.concat([Buffer.alloc(KEY_BYTES), pair.getPrivateKey()])
      .subarray(-KEY_BYTES)
      .toString('base64url'),
  };
}

/** Older versions had a single data key, stored under another name. */
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
