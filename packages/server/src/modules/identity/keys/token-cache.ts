import type { VerifiedAccess } from './access-token.ts';

/** Remembers tokens whose signature was found good: a signature costs 0.1 ms, and each request would check it again. */
export interface TokenCache {
  get(token: string, now: Date): VerifiedAccess | undefined;
  set(token: string, verified: VerifiedAccess): void;
}

const MAX_TOKENS = 5_000;

/** @param size tokens at most; the oldest give way */
export function createTokenCache(size: number = MAX_TOKENS): TokenCache {
  const tokens = new Map<string, VerifiedAccess>();
  return {
    get(token, now) {
      const verified = tokens.get(token);
      if (verified === undefined || now < verified.expiresAt) return verified;
      // The full check decides about what is at its end.
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
