import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { FailureGate } from './failure-gate.ts';
import type { Bucket, LimitStore, Standing } from './limit-store.ts';

/**
 * Counts in this process.
 * @param nodes the number of processes that share a limit; each allows its share, but at least one
 */
export function createMemoryStore(nodes: () => number = () => 1): LimitStore {
  const gate = new FailureGate();
  const limiters = new Map<string, RateLimiterMemory>();
  const limiterOf = ({ name, points, seconds }: Bucket) => {
    let limiter = limiters.get(name);
    if (limiter === undefined) {
      limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
      limiters.set(name, limiter);
    }
    limiter.points = Math.max(1, Math.floor(points / nodes()));
    return limiter;
  };

  return {
    take: (bucket, key) => takePoint(limiterOf(bucket), key),
    standing: (bucket, key) => standingOf(limiterOf(bucket), key),
    giveBack: (bucket, key, most) => giveBackPoints(limiterOf(bucket), key, most),
    async enter(bucket, key) {
      const limiter = limiterOf(bucket);
      const gateKey = `${bucket.name}/${key}`;
      let found: RateLimiterRes | null = null;
      const failures = async () => {
        found = await limiter.get(key);
        return found?.consumedPoints ?? 0;
      };
      if (!(await gate.enter(gateKey, limiter.points, failures))) return msUntil(found);
      return {
        async leave(failed) {
          if (failed) await limiter.penalty(key);
          gate.leave(gateKey);
        },
      };
    },
  };
}

/**
 * Takes a point.
 * @returns undefined, or the milliseconds until one is free. Rejects if the store is down.
 */
export async function takePoint(limiter: RateLimiterAbstract, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return msUntil(refusal);
    throw refusal;
  }
}

/** The state of a key. Rejects if the store is down. */
export async function standingOf(limiter: RateLimiterAbstract, key: string): Promise<Standing | undefined> {
  const found = await limiter.get(key);
  return found === null ? undefined : { remaining: found.remainingPoints, resetMs: found.msBeforeNext };
}

/**
 * Removes at most `most` points.
 * @returns how many were removed. Rejects if the store is down.
 */
export async function giveBackPoints(limiter: RateLimiterAbstract, key: string, most: number): Promise<number> {
  const points = Math.min((await limiter.get(key))?.consumedPoints ?? 0, most);
  if (points > 0) await limiter.reward(key, points);
  return points;
}

function msUntil(found: RateLimiterRes | null): number {
  return Math.max(1, Math.ceil(found?.msBeforeNext ?? 1));
}
