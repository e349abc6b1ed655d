import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Executor } from '../../../platform/database/index.ts';
import {
  ACCESS_SECONDS,
  type AccessClaims,
  CLOCK_SKEW_SECONDS,
  signAccessToken,
  type VerifiedAccess,
  verifyAccessToken,
} from './access-token.ts';
import { type DataKeys, openDataKeys, withNewDataKey, withoutExpired } from './data-keys.ts';
import { type IdentitySecrets, newDataKey, newPushKey, type StoredPushKey, type StoredSigningKey } from './secrets.ts';
import { createTokenCache } from './token-cache.ts';
import { databaseVault, fileVault, type Vault } from './vault.ts';

/**
 * The instance's keys for signing, sealing and push messages. Data keys are those in memory: `refresh` rereads them.
 */
export interface Keyring extends DataKeys {
  /** Signs an access token, valid for ACCESS_SECONDS. */
  sign(claims: AccessClaims): Promise<string>;
  /** Throws `token_expired`, or `invalid_token` for any other fault. */
  verify(token: string): Promise<VerifiedAccess>;
  /**
   * Rotates the keys: a new key signs from now on, and soon another one seals. Tokens signed by older keys stay valid
   * until they expire, and secrets sealed with them can still be opened.
   */
  rotate(): Promise<void>;
  /** When the current key began to sign, read from the store. */
  signingSince(): Promise<Date>;
  /** Rereads the keys: another process may have rotated them. */
  refresh(): Promise<void>;
  /** How many data keys there are, including the current one. */
  dataKeyCount(): number;
  /** Keys for push messages, newest first: a subscription belongs to the key it was created with. */
  pushKeys(): Promise<readonly PushKey[]>;
  /** Rotates the push key: subscriptions use a new one from now on; the last few older ones are kept. */
  rotatePushKeys(): Promise<void>;
  /** Deletes data keys that are no longer needed. Everything must have been resealed before. */
  dropSpentDataKeys(): Promise<void>;
}

/** A key for push messages, both halves in base64url. */
export type PushKey = Pick<StoredPushKey, 'publicKey' | 'privateKey'>;

/** How many push keys are kept. */
const PUSH_KEYS = 5;
/** The maximum age of the keys in memory when signing; another process may have rotated them. */
const SIGN_STALE_MS = 60_000;
/** The same for a token with an unknown key: unknown keys must not cause a read each. */
const UNKNOWN_STALE_MS = 5_000;
/** How long after its retirement a key can still have signed a valid token. */
const RETIRED_KEY_MS = (ACCESS_SECONDS + CLOCK_SKEW_SECONDS) * 1000 + SIGN_STALE_MS;

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  retiredAt: number | undefined;
}

/**
 * Opens the keys of the instance, or creates them: in `directory` (DATA_DIR/secrets, mode 0700, the file 0600), or in
 * the database `db` if several nodes share them. Throws if they exist but are damaged or unreadable.
 */
export async function createKeyring(options: {
  directory: string;
  db?: Executor | undefined;
  clock: Pick<Clock, 'now'>;
}): Promise<Keyring> {
  const { clock, db, directory } = options;
  const vault = db === undefined ? fileVault(directory) : databaseVault(db, directory);
  const open = (content: IdentitySecrets) => openSecrets(content, clock);
  let current = open(await readOrCreate(vault, clock.now()));
  let readAt = clock.now();
  let replaced = 0;
  const cache = createTokenCache();

  async function reread(staleMs: number): Promise<void> {
    const now = clock.now();
    if (now.getTime() - readAt.getTime() < staleMs) return;
    readAt = now;
    const before = replaced;
    const content = await vault.read();
    // A read that started before the keys were replaced is outdated.
    if (content !== undefined && replaced === before) current = open(content);
  }

  async function replace(content: IdentitySecrets): Promise<void> {
    await vault.replace(content);
    current = open(content);
    replaced += 1;
  }

  function liveKey(kid: string, now: Date): KeyObject | undefined {
    const key = current.keys.find((candidate) => candidate.kid === kid);
    if (key === undefined) return undefined;
    return key.retiredAt === undefined || now.getTime() < key.retiredAt + RETIRED_KEY_MS ? key.publicKey : undefined;
  }

  return {
    async sign(claims) {
      await reread(SIGN_STALE_MS);
      return signAccessToken(current.signing, claims, clock.now());
    },

    async verify(token) {
      const now = clock.now();
      const known = cache.get(token, now);
      if (known !== undefined && liveKey(known.kid, now) !== undefined) return known;
      const verified = await verifyAccessToken(
        token,
        async (kid) => {
          if (liveKey(kid, now) === undefined) await reread(UNKNOWN_STALE_MS);
          return liveKey(kid, now);
        },
        now,
      );
      cache.set(token, verified);
      return verified;
    },

    async rotate() {
      const now = clock.now();
      const content = (await vault.read()) ?? newSecrets(now);
      const kept = content.signingKeys
        .map((key) => ({ ...key, retiredAt: key.retiredAt ?? now.toISOString() }))
        .filter((key) => now.getTime() < Date.parse(key.retiredAt) + RETIRED_KEY_MS);
      const dataKeys = withNewDataKey(content.dataKeys, now, newDataKey);
      await replace({ ...content, signingKeys: [newSigningKey(now), ...kept], dataKeys });
    },

    async pushKeys() {
      await reread(SIGN_STALE_MS);
      return current.stored.pushKeys;
    },

    async rotatePushKeys() {
      const now = clock.now();
      const content = (await vault.read()) ?? newSecrets(now);
      await replace({ ...content, pushKeys: [newPushKey(now), ...content.pushKeys].slice(0, PUSH_KEYS) });
    },

    async signingSince() {
      const content = await vault.read();
      return content?.signingKeys[0] ? new Date(content.signingKeys[0].createdAt) : clock.now();
    },

    refresh: () => reread(0),
    dataKeyCount: () => current.stored.dataKeys.length,
    async dropSpentDataKeys() {
      const content = await vault.read();
      if (content === undefined) return;
      const dataKeys = withoutExpired(content.dataKeys, clock.now());
      if (dataKeys.length < content.dataKeys.length) await replace({ ...content, dataKeys });
    },

    codeHash: (context, code) => current.data.codeHash(context, code),
    isCode: (context, code, hash) => current.data.isCode(context, code, hash),
    seal: (context, secret) => current.data.seal(context, secret),
    unseal: (context, sealed) => current.data.unseal(context, sealed),
    sealAnew: (context, sealed) => current.data.sealAnew(context, sealed),
  };
}

async function readOrCreate(vault: Vault, now: Date): Promise<IdentitySecrets> {
  const content = (await vault.read()) ?? (await vault.create(newSecrets(now)));
  if (content.pushKeys.length > 0) return content;
  // Secrets of a version without push messages. A key that another node adds at the same moment is read soon after.
  await vault.replace({ ...content, pushKeys: [newPushKey(now)] });
  return (await vault.read()) ?? content;
}

function newSecrets(now: Date): IdentitySecrets {
  return { signingKeys: [newSigningKey(now)], dataKeys: [newDataKey(now)], pushKeys: [newPushKey(now)] };
}

function newSigningKey(now: Date): StoredSigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    kid: randomUUID(),
    createdAt: now.toISOString(),
    retiredAt: null,
    privateKey: privateKey.export({ format: 'jwk' }) as StoredSigningKey['privateKey'],
  };
}

interface OpenSecrets {
  signing: SigningKey;
  keys: SigningKey[];
  data: DataKeys;
  stored: IdentitySecrets;
}

function openSecrets(content: IdentitySecrets, clock: Pick<Clock, 'now'>): OpenSecrets {
  const keys = content.signingKeys.map(({ kid, privateKey, retiredAt }) => {
    const key = createPrivateKey({ key: privateKey, format: 'jwk' });
    return {
      kid,
      privateKey: key,
      publicKey: createPublicKey(key),
      retiredAt: retiredAt === null ? undefined : Date.parse(retiredAt),
    };
  });
  const [signing] = keys;
  if (signing === undefined) throw new Error('There is no signing key.');
  return { signing, keys, data: openDataKeys(content.dataKeys, () => clock.now()), stored: content };
}
