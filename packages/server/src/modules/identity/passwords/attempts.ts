import { addressKey, type Limiter } from '../../../platform/limits/index.ts';

/** Wrong passwords, counted for the e-mail address beside the IP address; known and unknown ones alike. */
export interface Attempts {
  /** A wrong password. @returns how long to wait where there were too many for this e-mail address, in ms */
  failed(email: string, ip: string): Promise<number | undefined>;
  /** The right one: typing errors before it are forgiven, but only those for this e-mail address. */
  succeeded(email: string, ip: string): Promise<void>;
}

/**
 * A right password is let in whatever stands against the e-mail address, so that nobody can lock others out: guessers are
 * stopped by their IP address, and by the pause after very many failures in a row.
 */
export function createAttempts(limiter: Pick<Limiter, 'count' | 'forget' | 'forgive'>): Attempts {
  const pairOf = (email: string, ip: string) => `${addressKey(ip)} ${email}`;
  return {
    async failed(email, ip) {
      await limiter.count('login_pair', pairOf(email, ip));
      return limiter.count('login_account', email);
    },
    async succeeded(email, ip) {
      await limiter.forget('login_account', email);
      await limiter.forgive('login', ip, await limiter.forget('login_pair', pairOf(email, ip)));
    },
  };
}
