import { randomBytes } from 'node:crypto';
import { hash as argon2Hash, verify as argon2Verify, parseOptions } from '@node-rs/argon2';
import { problem } from '../../../platform/module/index.ts';
import { createLimiter, type Limiter, TooManyWaiting } from './limiter.ts';
import { normalizePassword } from './policy.ts';

/** Cost of an argon2id hash. When it is raised here, each account's hash is updated at its next sign-in. */
export interface HashParameters {
  /** KiB */
  memoryCost: number;
  timeCost: number;
  parallelism: number;
}

export const hashParameters: HashParameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** More at a time would use all four threads of libuv, which also serve files and DNS. */
const CONCURRENCY = 2;
/** At 26 ms each, the last in the queue waits about 3 s. */
const MAX_WAITING = 256;
const RETRY_AFTER_MS = 2_000;

export interface PasswordHasher {
  /** Creates an argon2id hash in PHC notation. Throws `unavailable` if too many are waiting. */
  hash(password: string): Promise<string>;
  /**
   * Verifies a password. Takes the same time whether there is a hash or not.
   * @param hash the stored hash; null if there is no account, or one without a password
   * @throws `unavailable` if too many are waiting
   */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** True if the hash was created with outdated parameters. */
  isOutdated(hash: string): boolean;
}

/** Hashes passwords off the event loop, a few at a time. */
export function createPasswordHasher(parameters: HashParameters = hashParameters): PasswordHasher {
  const limiter = createLimiter(CONCURRENCY, MAX_WAITING);
  const decoy = decoyHash(parameters);
  return {
    hash: (password) => inLine(limiter, () => argon2Hash(normalizePassword(password), parameters)),
    async verify(hash, password) {
      const matches = await inLine(limiter, () => argon2Verify(hash ?? decoy, normalizePassword(password)));
      return matches && hash !== null;
    },
    isOutdated(hash) {
      const made = parseOptions(hash);
      return (
        made.memoryCost !== parameters.memoryCost ||
        made.timeCost !== parameters.timeCost ||
        made.parallelism !== parameters.parallelism
      );
    },
  };
}

async function inLine<Result>(limiter: Limiter, work: () => Promise<Result>): Promise<Result> {
  try {
    return await limiter.run(work);
  } catch (error) {
    if (error instanceof TooManyWaiting) throw problem('unavailable', { retryAfterMs: RETRY_AFTER_MS });
    throw error;
  }
}

/** A hash of nothing, which takes as long to verify as a real one. */
function decoyHash({ memoryCost, timeCost, parallelism }: HashParameters): string {
  const [salt, digest] = [SALT_BYTES, HASH_BYTES].map((bytes) =>
    randomBytes(bytes).toString('base64').replace(/=+$/, ''),
  );
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${digest}`;
}
