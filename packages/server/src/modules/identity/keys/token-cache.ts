import type { VerifiedAccess } from './access-token.ts';

/** Remembers tokens with a valid signature: verifying one takes 0.1 ms, and every request would do it again. */
export interface TokenCache {
  get(token: string, now: Date): VerifiedAccess | undefined;
  set(token: string, verified: VerifiedAccess): void;
}

const MAX_TOKENS = 5_000;

/** @param size maximum number of tokens; the oldest are evicted */
export function createTokenCache(size: number = MAX_TOKENS): TokenCache {
  const tokens = new Map<string, VerifiedAccess>();
  return {
    get(token, now) {
      const verified = tokens.get(token);
      if (verified === undefined || now < verified.expiresAt) return verified;
      // Whether it has expired is left to the full check.
      tokens.delete(token);
      return undefined;
    },
    set(token, verified) {
      const oldest = tokens.keys().next();
      if (tokens.size >= size && !oldest.done) tokens.delete(oldest.value);
      tokens.set(token, verified);
    },
  };
}
