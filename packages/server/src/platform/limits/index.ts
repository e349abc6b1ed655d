import { isIP } from 'node:net';
import {
  limits as defaults,
  type KeyedLimitName,
  type LimitClass,
  type LimitName,
  type ThingLimitName,
  thingLimits,
} from '@atrium/protocol';
import { problem } from '../problem/index.ts';
import type { Bucket, LimitStore } from './limit-store.ts';
import { createMemoryStore } from './memory-store.ts';

export type { Bucket, LimitStore, Place } from './limit-store.ts';
export { createMemoryStore, giveBackPoints, standingOf, takePoint } from './memory-store.ts';

/** Points and seconds by class name; missing classes keep their defaults. */
export type LimitOverrides = { [Name in LimitName | ThingLimitName]?: { points: number; seconds: number } };

/** Permission for one call; report its outcome. */
export interface Permit {
  succeeded(): void | Promise<void>;
  failed(): void | Promise<void>;
}

/** Remaining calls, for the RateLimit headers. */
export interface LimitState {
  limit: number;
  remaining: number;
  resetMs: number;
}

export interface Limiter {
  /**
   * Counts a call before it runs.
   * @throws `rate_limited` with retryAfterMs
   */
  enter(name: LimitName, ip: string, userId: string | undefined): Promise<Permit>;
  /** Counts against an object by its id. Throws the same. */
  consume(name: ThingLimitName, id: string): Promise<void>;
  /**
   * Counts one more against a key, besides the operation's own limit.
   * @returns undefined within the limit; otherwise how long to wait, in ms
   */
  count(name: KeyedLimitName, key: string): Promise<number | undefined>;
  /**
   * Resets what was counted against a key.
   * @returns how much that was
   */
  forget(name: KeyedLimitName, key: string): Promise<number>;
  /** Takes back failures counted against an IP address, after its caller proved to be legitimate. */
  forgive(name: LimitName, ip: string, failures: number): Promise<void>;
  /** The caller's current state, without counting. */
  state(name: LimitName, ip: string, userId: string | undefined): Promise<LimitState>;
}

const counted: Permit = { succeeded() {}, failed() {} };

/** An IPv6 subscriber has a whole /64, so counting single addresses would be useless. */
export function addressKey(ip: string): string {
  if (isIP(ip) !== 6) return ip;
  const [address = ''] = ip.split('%');
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical);
  if (mapped !== null) {
    const bytes = mapped.slice(1).flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]);
    return bytes.join('.');
  }
  const [head = '', tail] = canonical.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(zeros).fill('0'), ...back].slice(0, 4).join(':');
}

/**
 * Creates the limiter.
 * @param store where calls are counted; in this process by default
 */
export function createLimiter(overrides: LimitOverrides, store: LimitStore = createMemoryStore()): Limiter {
  const classes = Object.fromEntries(
    Object.entries(defaults).map(([name, limit]) => [name, { name, ...limit, ...overrides[name as LimitName] }]),
  ) as Record<LimitName, LimitClass & Bucket>;
  const things = Object.fromEntries(
    Object.entries(thingLimits).map(([name, limit]) => [
      name,
      { name, ...limit, ...overrides[name as ThingLimitName] },
    ]),
  ) as Record<ThingLimitName, Bucket>;
  const keyOf = (limit: LimitClass, ip: string, userId: string | undefined) =>
    limit.per === 'user' && userId !== undefined ? userId : addressKey(ip);

  async function take(bucket: Bucket, key: string): Promise<void> {
    const retryAfterMs = await store.take(bucket, key);
    if (retryAfterMs !== undefined) throw problem('rate_limited', { retryAfterMs });
  }

  return {
    async enter(name, ip, userId) {
      const limit = classes[name];
      const key = keyOf(limit, ip, userId);
      if (limit.counts === 'calls') {
        await take(limit, key);
        return counted;
      }
      const place = await store.enter(limit, key);
      if (typeof place === 'number') throw problem('rate_limited', { retryAfterMs: place });
      return { succeeded: () => place.leave(false), failed: () => place.leave(true) };
    },
    count: (name, key) => store.take(classes[name], key),
    forget: (name, key) => store.giveBack(classes[name], key, Number.POSITIVE_INFINITY),
    async forgive(name, ip, failures) {
      await store.giveBack(classes[name], addressKey(ip), failures);
    },
    consume: (name, id) => take(things[name], id),
    async state(name, ip, userId) {
      const limit = classes[name];
      const standing = await store.standing(limit, keyOf(limit, ip, userId));
      return {
        limit: limit.points,
        remaining: standing?.remaining ?? limit.points,
        resetMs: standing?.resetMs ?? limit.seconds * 1000,
      };
    },
  };
}
