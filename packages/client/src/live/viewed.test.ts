import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AtriumError } from '../error.ts';
import { Viewed } from './viewed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(fails?: Error) {
  const told: string[][] = [];
  const errors: unknown[] = [];
  const page = { isLookedAt: true };
  const viewed = new Viewed({
    tell: async (ids) => {
      told.push(ids);
      if (fails) throw fails;
    },
    isLookedAt: () => page.isLookedAt,
    onError: (error) => errors.push(error),
  });
  return { told, errors, page, viewed, settle: () => vi.advanceTimersByTimeAsync(100) };
}

test('an object on the screen is reported once, however many views show it, together with simultaneous changes', async () => {
  const { settle, told, viewed } = setUp();
  viewed.online();
  const stops = [viewed.show('a'), viewed.show('a'), viewed.show('b')];
  await settle();
  expect(told).toEqual([['a', 'b']]);
  stops[0]?.();
  stops[0]?.();
  await settle();
  expect(told).toHaveLength(1);
  for (const stop of stops) stop();
  viewed.show('c');
  await settle();
  expect(told).toEqual([['a', 'b'], ['c']]);
});

test('nothing is reported for a window without focus', async () => {
  const { page, settle, told, viewed } = setUp();
  viewed.online();
  viewed.show('a');
  await settle();
  page.isLookedAt = false;
  viewed.changed();
  await settle();
  viewed.show('b');
  await settle();
  page.isLookedAt = true;
  viewed.changed();
  await settle();
  expect(told).toEqual([['a'], [], ['a', 'b']]);
});

test('it is reported again on each connection, and never without one', async () => {
  const { settle, told, viewed } = setUp();
  viewed.show('a');
  await settle();
  expect(told).toEqual([]);
  viewed.online();
  viewed.offline();
  viewed.show('b');
  await settle();
  viewed.online();
  expect(told).toEqual([['a'], ['a', 'b']]);
  viewed.clear();
  viewed.show('c');
  await settle();
  expect(told).toHaveLength(2);
});

test('if there are too many, the most recent are reported', async () => {
  const { settle, told, viewed } = setUp();
  viewed.online();
  for (const id of '0123456789') viewed.show(id);
  await settle();
  expect(told).toEqual([[...'23456789']]);
});

test('a refusal is reported as an error, a lost connection is not', async () => {
  for (const [error, count] of [
    [new AtriumError('invalid_input', 'No'), 1],
    [new AtriumError('network', 'The connection broke'), 0],
  ] as const) {
    const { errors, settle, viewed } = setUp(error);
    viewed.online();
    viewed.show('a');
    await settle();
    expect(errors).toHaveLength(count);
  }
});
