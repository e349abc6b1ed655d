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
import type { Bucket, LimitStore, Place } from './limit-store.ts';
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
   * Counts one more against a key, in addition to the operation's own limit.
   * @returns undefined within the limit; otherwise how long to wait, in ms
   */
  count(name: KeyedLimitName, key: string): Promise<number | undefined>;
  /**
   * Resets what was counted against a key.
   * @returns how many points that was
   */
  forget(name: KeyedLimitName, key: string): Promise<number>;
  /**
   * Takes a slot for an attempt from an IP address, of which only a failure counts.
   * @param target counts for the two together, such as for the account that somebody signs in to
   * @returns how long to wait if there were too many failures, in ms
   */
  tryFrom(name: LimitName, ip: string, target?: string): Promise<Place | number>;
  /**
   * Records that an IP address failed for a target, for as long as failures count.
   * @returns false if that was recorded before
   */
  noteTarget(name: LimitName, ip: string, target: string): Promise<boolean>;
  isNotedTarget(name: LimitName, ip: string, target: string): Promise<boolean>;
  /** Removes what an IP address failed for a target, after its caller proved to be legitimate. */
  forgiveTarget(name: LimitName, ip: string, target: string): Promise<void>;
  /** The caller's current state, without counting. */
  state(name: LimitName, ip: string, userId: string | undefined): Promise<LimitState>;
}

/** For calls whose outcome does not matter to the limit. */
export const uncounted: Permit = { succeeded() {}, failed() {} };

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

  const targetKey = (ip: string, target: string | undefined) =>
    target === undefined ? addressKey(ip) : `${addressKey(ip)} ${target}`;
  const notes = (name: LimitName): Bucket => ({ name: `${name}_noted`, points: 1, seconds: classes[name].seconds });

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
        return uncounted;
      }
      const place = await store.enter(limit, key);
      if (typeof place === 'number') throw problem('rate_limited', { retryAfterMs: place });
      return { succeeded: () => place.leave(false), failed: () => place.leave(true) };
    },
    count: (name, key) => store.take(classes[name], key),
    forget: (name, key) => store.giveBack(classes[name], key, Number.POSITIVE_INFINITY),
    tryFrom: (name, ip, target) => store.enter(classes[name], targetKey(ip, target)),
    noteTarget: async (name, ip, target) => (await store.take(notes(name), targetKey(ip, target))) === undefined,
    isNotedTarget: async (name, ip, target) =>
      (await store.standing(notes(name), targetKey(ip, target)))?.remaining === 0,
    async forgiveTarget(name, ip, target) {
      await store.giveBack(classes[name], targetKey(ip, target), Number.POSITIVE_INFINITY);
      const noted = await store.giveBack(notes(name), targetKey(ip, target), Number.POSITIVE_INFINITY);
      if (noted > 0) await store.giveBack(classes[name], addressKey(ip), 1);
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
