import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.ts';

const OPTIONS = { perKey: 2, total: 3, waitingPerKey: 100, waitMs: 1_000 };

describe('a fair queue', () => {
  it('runs a limited number per key and in total at a time', async () => {
    const queue = new FairQueue(OPTIONS);
    const open: Record<string, number> = { all: 0 };
    const widest: Record<string, number> = {};
    const enter = (name: string, step: number) => {
      open[name] = (open[name] ?? 0) + step;
      widest[name] = Math.max(widest[name] ?? 0, open[name]);
    };
    const work = (key: string) =>
      queue.run(key, async () => {
        for (const name of [key, 'all']) enter(name, 1);
        await sleep(1);
        for (const name of [key, 'all']) enter(name, -1);
      });
    await Promise.all(['a', 'b', 'c'].flatMap((key) => Array.from({ length: 10 }, () => work(key))));
    expect(widest).toEqual({ a: 2, b: 2, c: 2, all: 3 });
  });

  it('serves keys in turn, and each in its own order', async () => {
    const queue = new FairQueue({ ...OPTIONS, perKey: 1, total: 1 });
    const begun: string[] = [];
    const work = (name: string) => queue.run(name.slice(0, 1), async () => void begun.push(name));
    await Promise.all(['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2'].map(work));
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  it('refuses excess work of one key, and work that has waited too long', async () => {
    const queue = new FairQueue({ ...OPTIONS, perKey: 1, waitingPerKey: 1, waitMs: 20 });
    let end: () => void = () => undefined;
    const first = queue.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    const second = queue.run('a', async () => 'never');
    await expect(queue.run('a', async () => 'never')).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(queue.run('b', async () => 'another key')).resolves.toBe('another key');
    await expect(second).rejects.toMatchObject({ code: 'unavailable' });
    end();
    await first;
    await expect(queue.run('a', async () => 'again')).resolves.toBe('again');
  });

  it('continues after work that fails', async () => {
    const queue = new FairQueue({ ...OPTIONS, perKey: 1 });
    const failing = () => queue.run('a', () => Promise.reject(new Error('its own failure')));
    const outcomes = await Promise.allSettled([failing(), failing(), queue.run('a', async () => 'fine')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});
