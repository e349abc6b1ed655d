import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
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
import { seal, sealingKeyOf, unseal } from './seal.ts';
import type { IdentitySecrets, StoredSigningKey } from './secrets.ts';
import { createTokenCache } from './token-cache.ts';
import { databaseVault, fileVault, type Vault } from './vault.ts';

/** The instance's secrets for signing in. */
export interface Keyring {
  /** Signs an access token that lasts ACCESS_SECONDS. */
  sign(claims: AccessClaims): Promise<string>;
  /** Throws `token_expired`, or `invalid_token` for everything else that is wrong. */
  verify(token: string): Promise<VerifiedAccess>;
  /** From now on a new key signs. Tokens of the older ones stay good until they end by themselves. */
  rotate(): Promise<void>;
  /** Since when the present key signs, read fresh. */
  signingSince(): Promise<Date>;
  /** A keyed hash (32 bytes) of a short secret; `context` says what it is for, so that it is good for nothing else. */
  codeHash(context: readonly string[], code: string): Buffer;
  /** Encrypts a secret for the database; `context` says whose and what it is. */
  seal(context: readonly string[], secret: Buffer): Buffer;
  /** The opposite. Throws when the context is another. */
  unseal(context: readonly string[], sealed: Buffer): Buffer;
}

/** How old the copy of the keys may be when signing; another process may have rotated. */
const SIGN_STALE_MS = 60_000;
/** The same when a token names a key that is not known: unknown keys must not cost a look each. */
const UNKNOWN_STALE_MS = 5_000;
/** How long after its retirement a key can have signed something that is still good. */
const RETIRED_KEY_MS = (ACCESS_SECONDS + CLOCK_SKEW_SECONDS) * 1000 + SIGN_STALE_MS;

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  retiredAt: number | undefined;
}

/**
 * Opens the keys of the instance, or makes them: in `directory` (DATA_DIR/secrets, 0700, the file 0600), or in the
 * database `db` where several nodes are to find them. Throws when they are there but damaged or not readable.
 */
export async function createKeyring(options: {
  directory: string;
  db?: Executor | undefined;
  clock: Pick<Clock, 'now'>;
}): Promise<Keyring> {
  const { clock, db, directory } = options;
  const vault = db === undefined ? fileVault(directory) : databaseVault(db, directory);
  let current = open(await readOrCreate(vault, clock.now()));
  let readAt = clock.now();
  const cache = createTokenCache();

  async function reread(staleMs: number): Promise<void> {
    const now = clock.now();
    if (now.getTime() - readAt.getTime() < staleMs) return;
    readAt = now;
    const content = await vault.read();
    if (content !== undefined) current = open(content);
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
      const rotated = { ...content, signingKeys: [newSigningKey(now), ...kept] };
      await vault.replace(rotated);
      current = open(rotated);
    },

    async signingSince() {
      const content = await vault.read();
      return content?.signingKeys[0] ? new Date(content.signingKeys[0].createdAt) : clock.now();
    },

    codeHash(context, code) {
      // JSON keeps the parts apart: no two lists of parts give the same text.
      return createHmac('sha256', current.codeKey)
        .update(JSON.stringify([...context, code]))
        .digest();
    },

    seal: (context, secret) => seal(current.sealingKey, context, secret),
    unseal: (context, sealed) => unseal(current.sealingKey, context, sealed),
  };
}

async function readOrCreate(vault: Vault, now: Date): Promise<IdentitySecrets> {
  return (await vault.read()) ?? vault.create(newSecrets(now));
}

function newSecrets(now: Date): IdentitySecrets {
  return { signingKeys: [newSigningKey(now)], codeKey: randomBytes(32).toString('base64') };
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
  codeKey: Buffer;
  sealingKey: Buffer;
}

function open(content: IdentitySecrets): OpenSecrets {
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
  const codeKey = Buffer.from(content.codeKey, 'base64');
  return { signing, keys, codeKey, sealingKey: sealingKeyOf(codeKey) };
}
