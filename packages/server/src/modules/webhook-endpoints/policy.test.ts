import { describe, expect, test } from 'vitest';
import { FAILING_MS, verdictOn } from './policy.ts';

const first = { attempts: 1, failingForMs: 0, random: 0 };

test.each([
  [200, { state: 'delivered' }],
  [204, { state: 'delivered' }],
  [410, { state: 'gone' }],
  [301, { state: 'retry', afterMs: 5_000 }],
  [404, { state: 'retry', afterMs: 5_000 }],
  [500, { state: 'retry', afterMs: 5_000 }],
  [503, { state: 'retry', afterMs: 5_000 }],
  [null, { state: 'retry', afterMs: 5_000 }],
])('the first attempt is answered with %s', (status, verdict) => {
  expect(verdictOn({ status }, first)).toEqual(verdict);
});

test.each([400, 404, 422, 500, 302])('an event that gets status %s six times has failed', (status) => {
  expect(verdictOn({ status }, { ...first, attempts: 5 })).toMatchObject({ state: 'retry' });
  expect(verdictOn({ status }, { ...first, attempts: 6 })).toEqual({ state: 'failed' });
});

test.each([null, 408, 425, 429, 502, 503, 504])(
  'an event never fails because the server is unavailable: %s',
  (status) => {
    expect(verdictOn({ status }, { ...first, attempts: 1_000 })).toMatchObject({ state: 'retry' });
  },
);

describe('the delays', () => {
  const wait = (attempts: number, random = 0) => {
    const verdict = verdictOn({ status: null }, { attempts, failingForMs: 0, random });
    return verdict.state === 'retry' ? verdict.afterMs / 1_000 : undefined;
  };

  test('grow from seconds to a day, then repeat the last one', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempts) => wait(attempts))).toEqual([5, 30, 120, 600, 1_800, 7_200]);
    expect(wait(11)).toBe(86_400);
    expect(wait(12)).toBe(86_400);
  });

  test('are lengthened by up to a fifth', () => {
    expect(wait(2, 1)).toBe(36);
    expect(wait(2, 0.5)).toBe(33);
  });

  test('are at least what the server requests', () => {
    expect(verdictOn({ status: 429, retryAfterMs: 60_000 }, first)).toEqual({ state: 'retry', afterMs: 60_000 });
    expect(verdictOn({ status: 503, retryAfterMs: 1 }, first)).toEqual({ state: 'retry', afterMs: 5_000 });
  });
});

test('an endpoint that has failed for three days is disabled, whatever the error', () => {
  const long = { ...first, attempts: 12, failingForMs: FAILING_MS };
  expect(verdictOn({ status: null }, long)).toEqual({ state: 'failing' });
  expect(verdictOn({ status: 500 }, long)).toEqual({ state: 'failing' });
  expect(verdictOn({ status: 200 }, long)).toEqual({ state: 'delivered' });
});
