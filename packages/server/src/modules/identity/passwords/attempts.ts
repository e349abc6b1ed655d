import type { Limiter, Place } from '../../../platform/limits/index.ts';
import { problem } from '../../../platform/module/index.ts';

/** The result of checking a password. */
export interface Verdict {
  fits: boolean;
  /** It matches, and the account can be signed in to with it. */
  opens: boolean;
  /** Whether the account was signed in to from the caller's IP address before. */
  isKnownHere: () => Promise<boolean>;
}

export interface Tried<Checked> {
  checked: Checked;
  failed: boolean;
  /** The IP address failed for too many accounts already. */
  pastAddressLimit: boolean;
  /** How long to wait where there were too many failures, in ms. */
  retryAfterMs: number | undefined;
}

/** Counts wrong passwords, for known and unknown e-mail addresses alike. */
export interface Attempts {
  /** Checks a password, unless there were too many wrong ones. Throws `rate_limited`. */
  try<Checked extends Verdict>(email: string, ip: string, check: () => Promise<Checked>): Promise<Tried<Checked>>;
}

/**
 * Limits failures to five for one account from one IP address, and to five accounts per IP address. Above the second
 * limit an address can sign in only to accounts that signed in from it before. The password is checked in any case, so
 * that the answer and its duration are the same for all other accounts.
 *
 * A right password is accepted whatever was counted for the e-mail address, so that nobody can lock others out.
 */
export function createAttempts(limiter: Limiter): Attempts {
  async function tryForAccount<Checked extends Verdict>(
    email: string,
    ip: string,
    check: () => Promise<Checked>,
  ): Promise<Tried<Checked>> {
    // Failures already counted for an account are not counted for the address again.
    const place = (await limiter.isNotedTarget('login', ip, email)) ? undefined : await limiter.tryFrom('login', ip);
    const waitMs = typeof place === 'number' ? place : undefined;
    const pastAddressLimit = waitMs !== undefined;
    let counts = false;
    try {
      const checked = await check();
      if (checked.opens && (!pastAddressLimit || (await checked.isKnownHere()))) {
        await limiter.forget('login_account', email);
        await limiter.forgiveTarget('login', ip, email);
        return { checked, failed: false, pastAddressLimit, retryAfterMs: undefined };
      }
      if (typeof place === 'object') counts = await limiter.noteTarget('login', ip, email);
      const accountWaitMs = checked.fits ? undefined : await limiter.count('login_account', email);
      return { checked, failed: true, pastAddressLimit, retryAfterMs: waitMs ?? accountWaitMs };
    } finally {
      if (typeof place === 'object') await place.leave(counts);
    }
  }

  return {
    try: (email, ip, check) =>
      inPlace(limiter.tryFrom('login_address', ip), () =>
        inPlace(limiter.tryFrom('login', ip, email), () => tryForAccount(email, ip, check)),
      ),
  };
}

/** Runs an attempt in its slot. Throws `rate_limited` if there is none. */
async function inPlace<Result extends { failed: boolean }>(
  entering: Promise<Place | number>,
  work: () => Promise<Result>,
): Promise<Result> {
  const place = await entering;
  if (typeof place === 'number') throw problem('rate_limited', { retryAfterMs: place });
  let failed = false;
  try {
    const result = await work();
    failed = result.failed;
    return result;
  } finally {
    await place.leave(failed);
  }
}
