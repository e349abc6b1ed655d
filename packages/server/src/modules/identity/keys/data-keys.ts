import { createHmac, timingSafeEqual } from 'node:crypto';
import { seal, sealingKeyOf, unseal } from './seal.ts';
import type { StoredDataKey } from './secrets.ts';

/**
 * How long a new key waits before it is used, so that every node has read it before it has to open something with it.
 */
const SPREAD_MS = 5 * 60_000;
/** How long after a key was replaced only resealed secrets can still depend on it. */
const SPENT_MS = 24 * 60 * 60_000;

/** Encrypts and hashes with the keys that protect secrets in the database. The context says what a secret is for. */
export interface DataKeys {
  /** A keyed hash (32 bytes) of a short secret, valid for this context only. */
  codeHash(context: readonly string[], code: string): Buffer;
  /** True if the hash was made from this code in this context, with the current key or an older one. */
  isCode(context: readonly string[], code: string, hash: Buffer): boolean;
  /** Encrypts a secret. */
  seal(context: readonly string[], secret: Buffer): Buffer;
  /** Decrypts a secret. Throws if the context differs. */
  unseal(context: readonly string[], sealed: Buffer): Buffer;
  /** The secret sealed with the current key; undefined if it already is, or if no key opens it. */
  sealAnew(context: readonly string[], sealed: Buffer): Buffer | undefined;
}

interface DataKey {
  usedFrom: number;
  hashing: Buffer;
  sealing: Buffer;
}

/** @param stored at least one, the newest first */
export function openDataKeys(stored: readonly StoredDataKey[], now: () => Date): DataKeys {
  const keys = stored.map(({ usedFrom, key }): DataKey => {
    const hashing = Buffer.from(key, 'base64');
    return { usedFrom: Date.parse(usedFrom), hashing, sealing: sealingKeyOf(hashing) };
  });
  const inUse = (): DataKey => {
    const key = keys.find(({ usedFrom }) => usedFrom <= now().getTime()) ?? keys.at(-1);
    if (key === undefined) throw new Error('There is no data key.');
    return key;
  };
  const opened = (context: readonly string[], sealed: Buffer) => {
    for (const key of keys) {
      const secret = tryUnseal(key, context, sealed);
      if (secret !== undefined) return { key, secret };
    }
    return undefined;
  };
  return {
    codeHash: (context, code) => hashOf(inUse(), context, code),
    isCode: (context, code, hash) => keys.some((key) => timingSafeEqual(hash, hashOf(key, context, code))),
    seal: (context, secret) => seal(inUse().sealing, context, secret),
    unseal(context, sealed) {
      const found = opened(context, sealed);
      if (found === undefined) throw new Error('No key opens this in this context.');
      return found.secret;
    },
    sealAnew(context, sealed) {
      const found = opened(context, sealed);
      const today = inUse();
      return found === undefined || found.key === today ? undefined : seal(today.sealing, context, found.secret);
    },
  };
}

/** Adds a key, unless one is already waiting to be used. */
export function withNewDataKey(
  keys: readonly StoredDataKey[],
  now: Date,
  make: (usedFrom: Date) => StoredDataKey,
): StoredDataKey[] {
  const waits = keys.some(({ usedFrom }) => Date.parse(usedFrom) > now.getTime());
  return waits ? [...keys] : [make(new Date(now.getTime() + SPREAD_MS)), ...keys];
}

/** The keys that may still be needed, once everything is sealed with the current key. */
export function withoutExpired(keys: readonly StoredDataKey[], now: Date): StoredDataKey[] {
  return keys.filter((_key, at) => {
    const successor = keys[at - 1];
    return successor === undefined || now.getTime() < Date.parse(successor.usedFrom) + SPENT_MS;
  });
}

function hashOf(key: DataKey, context: readonly string[], code: string): Buffer {
  // JSON separates the parts: no two lists of parts give the same text.
  return createHmac('sha256', key.hashing)
    .update(JSON.stringify([...context, code]))
    .digest();
}

function tryUnseal(key: DataKey, context: readonly string[], sealed: Buffer): Buffer | undefined {
  try {
    return unseal(key.sealing, context, sealed);
  } catch {
    return undefined;
  }
}
