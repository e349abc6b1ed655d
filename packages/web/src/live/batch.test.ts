import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { batched } from './batch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('combines simultaneous requests, up to the limit', async () => {
  const calls: string[][] = [];
  const ask = batched(async (keys) => {
    calls.push([...keys]);
    return new Map(keys.filter((key) => key !== 'none').map((key) => [key, key.toUpperCase()]));
  }, 3);
  const first = Promise.all([ask('a'), ask('none'), ask('a'), ask('c'), ask('d')]);
  await vi.advanceTimersByTimeAsync(50);
  expect(await first).toEqual(['A', undefined, 'A', 'C', 'D']);
  const second = ask('a');
  await vi.advanceTimersByTimeAsync(50);
  expect(await second).toBe('A');
  expect(calls).toEqual([['a', 'none', 'c'], ['d'], ['a']]);
});

it('rejects all requests of a failed call, and continues', async () => {
  const load = vi
    .fn()
    .mockRejectedValueOnce(new Error('The call failed'))
    .mockResolvedValue(new Map([['a', 1]]));
  const ask = batched<number>(load, 10);
  const failed = Promise.allSettled([ask('a'), ask('b')]);
  await vi.advanceTimersByTimeAsync(50);
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = ask('a');
  await vi.advanceTimersByTimeAsync(50);
  expect(await again).toBe(1);
});
