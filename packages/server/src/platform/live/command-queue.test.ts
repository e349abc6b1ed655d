import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CommandQueue } from './command-queue.ts';

describe('the commands of one connection', () => {
  it('run 32 at a time, in order; 256 wait and the rest are refused', async () => {
    const queue = new CommandQueue();
    let open = 0;
    let widest = 0;
    const begun: number[] = [];
    const answers = await Promise.allSettled(
      Array.from({ length: 10_000 }, (_, n) =>
        queue.run(async () => {
          begun.push(n);
          open += 1;
          widest = Math.max(widest, open);
          await sleep(1);
          open -= 1;
          if (n % 10 === 3) throw new Error('its own failure');
          return n;
        }),
      ),
    );
    expect(widest).toBe(32);
    expect(begun).toEqual(Array.from({ length: 288 }, (_, n) => n));
    expect(answers[0]).toEqual({ status: 'fulfilled', value: 0 });
    expect(answers[3]).toMatchObject({ reason: { message: 'its own failure' } });
    expect(answers[288]).toMatchObject({ reason: { code: 'rate_limited', details: { retryAfterMs: 1_000 } } });
    await expect(queue.run(async () => 'again')).resolves.toBe('again');
  });

  it('finish when the connection closes, and none begins afterwards', async () => {
    const queue = new CommandQueue();
    let done = 0;
    const running = Array.from({ length: 40 }, () =>
      queue.run(async () => {
        await sleep(2);
        done += 1;
      }),
    );
    await queue.close();
    expect(done).toBe(40);
    await Promise.all(running);
    await expect(queue.run(async () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
    await new CommandQueue().close();
  });
});
