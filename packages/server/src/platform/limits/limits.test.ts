import { limits } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { addressKey, createLimiter } from './index.ts';

const refused = { code: 'rate_limited' };

describe('a limit of calls', () => {
  it('S28 admits exactly the limit, however many calls come at once, and says when to retry', async () => {
    const limiter = createLimiter({ message: { points: 10, seconds: 5 } });
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, () => limiter.enter('message', '10.0.0.1', 'ann')),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const tried of tries) {
      if (tried.status === 'rejected') {
        expect(tried.reason).toMatchObject(refused);
        expect(tried.reason.details.retryAfterMs).toBeGreaterThan(0);
        expect(tried.reason.details.retryAfterMs).toBeLessThanOrEqual(5_000);
      }
    }
    await expect(limiter.enter('message', '10.0.0.1', 'bob')).resolves.toBeDefined();
    await expect(limiter.enter('message', '10.0.0.9', 'ann')).rejects.toMatchObject(refused);
  });

  it('ends when its time is over', async () => {
    const limiter = createLimiter({ typing: { points: 1, seconds: 1 } });
    await limiter.enter('typing', 'ip', 'ann');
    await expect(limiter.enter('typing', 'ip', 'ann')).rejects.toMatchObject(refused);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await expect(limiter.enter('typing', 'ip', 'ann')).resolves.toBeDefined();
  });

  it('returns the remaining calls, without counting', async () => {
    const limiter = createLimiter({});
    expect(await limiter.state('user', 'ip', 'ann')).toEqual({ limit: 600, remaining: 600, resetMs: 60_000 });
    await limiter.enter('user', 'ip', 'ann');
    expect(await limiter.state('user', 'ip', 'ann')).toMatchObject({ limit: 600, remaining: 599 });
    expect(await limiter.state('user', 'ip', 'ann')).toMatchObject({ remaining: 599 });
  });

  it('counts a conversation by its own key', async () => {
    const limiter = createLimiter({ conversation: { points: 2, seconds: 5 } });
    await limiter.consume('conversation', 'a');
    await limiter.consume('conversation', 'a');
    await expect(limiter.consume('conversation', 'a')).rejects.toMatchObject(refused);
    await limiter.consume('conversation', 'b');
  });
});

describe('a count in addition to the limit of an operation', () => {
  it('returns the delay from the first excess call on, however many come at once', async () => {
    const limiter = createLimiter({});
    const waits = await Promise.all(Array.from({ length: 50 }, () => limiter.count('login_account', 'ann')));
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(5);
    for (const wait of waits) if (wait !== undefined) expect(wait).toBeGreaterThan(890_000);
    expect(await limiter.count('login_account', 'bob')).toBeUndefined();
  });

  it('can be removed', async () => {
    const limiter = createLimiter({});
    for (let at = 0; at < 5; at += 1) await limiter.count('login_account', 'ann');
    await limiter.forget('login_account', 'ann');
    expect(await limiter.count('login_account', 'ann')).toBeUndefined();
  });

  it('removes what an address failed for one target, and no more', async () => {
    const limiter = createLimiter({});
    const fail = async (target: string) => {
      const places = [await limiter.tryFrom('login', '10.0.0.1', target), await limiter.tryFrom('login', '10.0.0.1')];
      const isFirst = await limiter.noteTarget('login', '10.0.0.1', target);
      for (const [at, place] of places.entries()) {
        if (typeof place === 'object') await place.leave(at === 0 || isFirst);
      }
    };
    for (const target of ['ann', 'ann', 'ann', 'bob']) await fail(target);
    const remaining = async () => (await limiter.state('login', '10.0.0.1', undefined)).remaining;
    expect(await remaining()).toBe(3);
    await limiter.forgiveTarget('login', '10.0.0.1', 'cat');
    expect(await remaining()).toBe(3);
    await limiter.forgiveTarget('login', '10.0.0.1', 'ann');
    await limiter.forgiveTarget('login', '10.0.0.1', 'ann');
    expect(await remaining()).toBe(4);
    expect(await limiter.isNotedTarget('login', '10.0.0.1', 'ann')).toBe(false);
    expect(await limiter.isNotedTarget('login', '10.0.0.1', 'bob')).toBe(true);
    for (let at = 0; at < 5; at += 1) await fail('ann');
    expect(await limiter.tryFrom('login', '10.0.0.1', 'ann')).toBeGreaterThan(890_000);
  });
});

describe('a limit of failures', () => {
  it('S28 is exact when 50 guesses come at once: as many as the limit fail, the others are refused', async () => {
    const limiter = createLimiter({});
    let tried = 0;
    const guess = async () => {
      const permit = await limiter.enter('login', '10.0.0.1', undefined);
      tried += 1;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      await permit.failed();
    };
    const answers = await Promise.allSettled(Array.from({ length: 50 }, guess));
    expect(tried).toBe(limits.login.points);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(50 - limits.login.points);
    await expect(limiter.enter('login', '10.0.0.1', undefined)).rejects.toMatchObject(refused);
    await expect(limiter.enter('login', '10.0.0.2', undefined)).resolves.toBeDefined();
  });

  it('does not count successes, however many come at once', async () => {
    const limiter = createLimiter({});
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, async () => {
        const permit = await limiter.enter('login', '10.0.0.1', undefined);
        await new Promise((resolve) => setTimeout(resolve, 1));
        await permit.succeeded();
      }),
    );
    expect(answers.every(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('S30 an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:DB8:01:0002::1', '2001:db8:1:2'],
    ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1', 'fe80:0:0:0'],
  ])('%s counts as %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key);
  });

  it('of one subscriber is one, whichever of its addresses it uses', async () => {
    const limiter = createLimiter({ public: { points: 2, seconds: 60 } });
    await limiter.enter('public', '2001:db8:1:2::1', undefined);
    await limiter.enter('public', '2001:db8:1:2:ffff::9', undefined);
    await expect(limiter.enter('public', '2001:db8:1:2::7', undefined)).rejects.toMatchObject(refused);
    await limiter.enter('public', '2001:db8:1:3::7', undefined);
  });
});
