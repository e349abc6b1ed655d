import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import {
  type Bucket,
  createMemoryStore,
  giveBackPoints,
  type LimitStore,
  type Place,
  standingOf,
  takePoint,
} from '../limits/index.ts';
import type { Cluster } from './cluster.ts';

/** A permit that is not renewed expires, in case its node died or nobody was waiting for it any more. */
const PLACE_MS = 3_000;
const RENEW_EVERY_MS = 1_000;
/** Average delay before a call without a permit asks again; random, so that calls do not ask all at once. */
const ASK_AGAIN_MS = 40;

/**
 * KEYS: failures, running calls. ARGV: points, id of the call, lifetime of a permit in ms.
 * Returns -1 for a permit, 0 if none is free, else the milliseconds until the failures expire.
 */
const ENTER = `
local failed = tonumber(redis.call('get', KEYS[1]) or '0')
local points = tonumber(ARGV[1])
if failed >= points then return math.max(1, redis.call('pttl', KEYS[1])) end
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[2], '-inf', now)
if failed + redis.call('zcard', KEYS[2]) >= points then return 0 end
redis.call('zadd', KEYS[2], now + ARGV[3], ARGV[2])
redis.call('pexpire', KEYS[2], ARGV[3])
return -1
`;

/** KEYS as above. ARGV: id of the call, lifetime of a permit in ms. */
const RENEW = `
local time = redis.call('time')
redis.call('zadd', KEYS[2], 'XX', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])
redis.call('pexpire', KEYS[2], ARGV[2])
return 1
`;

/** KEYS as above. ARGV: id of the call, 1 if it failed, seconds for which a failure counts. */
const LEAVE = `
redis.call('zrem', KEYS[2], ARGV[1])
if ARGV[2] == '1' then
  redis.call('set', KEYS[1], 0, 'EX', ARGV[3], 'NX')
  redis.call('incr', KEYS[1])
end
return 1
`;

/**
 * Counts in Redis, for all nodes together. While Redis is down each node counts locally and allows its share of the
 * limit, so that nothing is unlimited and nothing fails.
 */
export function createRedisStore({ link, nodes }: Pick<Cluster, 'link' | 'nodes'>, prefix: string): LimitStore {
  const local = createMemoryStore(nodes);
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ name, points, seconds }: Bucket) => {
    let limiter = limiters.get(name);
    if (limiter === undefined) {
      const keyPrefix = `${prefix}limit:${name}`;
      limiter = new RateLimiterRedis({ storeClient: link.client, keyPrefix, points, duration: seconds });
      limiters.set(name, limiter);
    }
    return limiter;
  };

  async function insured<Result>(shared: () => Promise<Result>, own: () => Promise<Result>): Promise<Result> {
    if (!link.isReady) return own();
    try {
      return await link.answer(shared());
    } catch {
      // The link logs that Redis is down.
      return own();
    }
  }

  const keysOf = ({ name }: Bucket, key: string) => [
    `${prefix}limit:${name}:${key}`,
    `${prefix}under-way:${name}:${key}`,
  ];

  async function leave(bucket: Bucket, key: string, call: string, failed: boolean): Promise<void> {
    const told = [call, failed ? 1 : 0, bucket.seconds];
    await insured<unknown>(
      () => link.client.eval(LEAVE, 2, ...keysOf(bucket, key), ...told),
      // A failure that cannot be counted in Redis counts locally; the permit expires.
      () => (failed ? local.take(bucket, key) : Promise.resolve()),
    );
  }

  function hold(bucket: Bucket, key: string, call: string): Place {
    const renewing = setInterval(() => {
      link.client.eval(RENEW, 2, ...keysOf(bucket, key), call, PLACE_MS).catch(() => undefined);
    }, RENEW_EVERY_MS);
    return {
      leave(failed) {
        clearInterval(renewing);
        return leave(bucket, key, call, failed);
      },
    };
  }

  async function enterShared(bucket: Bucket, key: string): Promise<Place | number> {
    const call = randomUUID();
    for (;;) {
      const answer = Number(
        await link.answer(link.client.eval(ENTER, 2, ...keysOf(bucket, key), bucket.points, call, PLACE_MS)),
      );
      if (answer > 0) return answer;
      if (answer < 0) return hold(bucket, key, call);
      await sleep(ASK_AGAIN_MS * (0.5 + Math.random()));
    }
  }

  return {
    take: (bucket, key) =>
      insured(
        () => takePoint(limiterOf(bucket), key),
        () => local.take(bucket, key),
      ),
    standing: (bucket, key) =>
      insured(
        () => standingOf(limiterOf(bucket), key),
        () => local.standing(bucket, key),
      ),
    giveBack: (bucket, key, most) =>
      insured(
        () => giveBackPoints(limiterOf(bucket), key, most),
        () => local.giveBack(bucket, key, most),
      ),
    async enter(bucket, key) {
      if (!link.isReady) return local.enter(bucket, key);
      // No timeout for the whole wait, which may be long. Each query has one.
      return enterShared(bucket, key).catch(() => local.enter(bucket, key));
    },
  };
}
