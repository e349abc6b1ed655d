import { isIP } from 'node:net';
import {
  conversationLimit,
  limits as defaults,
  type KeyedLimitName,
  type LimitClass,
  type LimitName,
} from '@atrium/protocol';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../operations/problem-error.ts';
import { FailureGate } from './failure-gate.ts';

/** Points per seconds, by the name of the class; what is missing keeps its default. */
export type LimitOverrides = { [Name in LimitName | 'conversation']?: { points: number; seconds: number } };

/** The right to make one call; say how it went. */
export interface Permit {
  succeeded(): void | Promise<void>;
  failed(): void | Promise<void>;
}

/** How much is left, for the RateLimit headers. */
export interface LimitState {
  limit: number;
  remaining: number;
  resetMs: number;
}

export interface Limiter {
  /**
   * Counts a call before it is made.
   * @throws `rate_limited` with retryAfterMs
   */
  enter(name: LimitName, ip: string, userId: string | undefined): Promise<Permit>;
  /** Counts against a key of the caller's own choosing, such as a conversation. Same refusal. */
  consume(name: 'conversation', key: string): Promise<void>;
  /**
   * Counts one more against a key, beside the operation's own limit.
   * @returns undefined while the limit is kept; else how long to wait, in ms
   */
  count(name: KeyedLimitName, key: string): Promise<number | undefined>;
  /** Starts a key's count anew. @returns what it had come to */
  forget(name: KeyedLimitName, key: string): Promise<number>;
  /** Takes failures of an IP address back: its caller turned out to be the rightful one. */
  forgive(name: LimitName, ip: string, failures: number): Promise<void>;
  /** Where a caller stands, without counting. */
  state(name: LimitName, ip: string, userId: string | undefined): Promise<LimitState>;
}

const counted: Permit = { succeeded() {}, failed() {} };

/** An IPv6 subscriber has a whole /64; counting single addresses would count nothing. */
export function addressKey(ip: string): string {
  if (isIP(ip) !== 6) return ip;
  if (ip.startsWith('::ffff:') && ip.includes('.')) return ip.slice(7);
  const [head = '', tail] = ip.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(zeros).fill('0'), ...back].slice(0, 4).join(':');
}

/** Limits kept in this process. */
export function createLimiter(overrides: LimitOverrides): Limiter {
  const classes = Object.fromEntries(
    Object.entries(defaults).map(([name, limit]) => [name, { ...limit, ...overrides[name as LimitName] }]),
  ) as Record<LimitName, LimitClass>;
  const gate = new FailureGate();
  const buckets = new Map<string, RateLimiterMemory>();
  const bucketOf = (name: string, { points, seconds }: { points: number; seconds: number }) => {
    let bucket = buckets.get(name);
    if (bucket === undefined) {
      bucket = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
      buckets.set(name, bucket);
    }
    return bucket;
  };
  const keyOf = (limit: LimitClass, ip: string, userId: string | undefined) =>
    limit.per === 'user' && userId !== undefined ? userId : addressKey(ip);

  async function take(bucket: RateLimiterMemory, key: string): Promise<void> {
    try {
      await bucket.consume(key);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes)
        throw problem('rate_limited', { retryAfterMs: Math.ceil(refusal.msBeforeNext) });
      throw refusal;
    }
  }

  return {
    async enter(name, ip, userId) {
      const limit = classes[name];
      const bucket = bucketOf(name, limit);
      const key = keyOf(limit, ip, userId);
      if (limit.counts === 'calls') {
        await take(bucket, key);
        return counted;
      }
      const gateKey = `${name}/${key}`;
      const failures = async () => (await bucket.get(key))?.consumedPoints ?? 0;
      if (!(await gate.enter(gateKey, limit.points, failures))) await take(bucket, key);
      return {
        succeeded: () => gate.leave(gateKey),
        async failed() {
          await bucket.penalty(key);
          gate.leave(gateKey);
        },
      };
    },
    async count(name, key) {
      const bucket = bucketOf(name, classes[name]);
      try {
        await bucket.consume(key);
        return undefined;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext);
        throw refusal;
      }
    },
    async forget(name, key) {
      const bucket = bucketOf(name, classes[name]);
      const counted = (await bucket.get(key))?.consumedPoints ?? 0;
      await bucket.delete(key);
      return counted;
    },
    async forgive(name, ip, failures) {
      const bucket = bucketOf(name, classes[name]);
      const key = addressKey(ip);
      const counted = (await bucket.get(key))?.consumedPoints ?? 0;
      if (failures > 0 && counted > 0) await bucket.reward(key, Math.min(failures, counted));
    },
    consume: (name, key) => take(bucketOf(name, overrides[name] ?? conversationLimit), key),
    async state(name, ip, userId) {
      const limit = classes[name];
      const found = await bucketOf(name, limit).get(keyOf(limit, ip, userId));
      return {
        limit: limit.points,
        remaining: found?.remainingPoints ?? limit.points,
        resetMs: found?.msBeforeNext ?? limit.seconds * 1000,
      };
    },
  };
}
