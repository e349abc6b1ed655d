import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, type Failures, MAX_FAILURES, resendWaitMs, waitMs } from './policy.ts';

const WINDOW_MS = 15 * 60_000;
const none: Failures = { failures: 0, failures_since: null };
const at = (ms: number) => new Date(1_700_000_000_000 + ms);

describe('wrong codes', () => {
  it('are limited to five in fifteen minutes', () => {
    let state = none;
    for (let count = 0; count < MAX_FAILURES; count += 1) {
      expect(waitMs(state, at(count))).toBe(0);
      state = afterFailure(state, at(count));
    }
    expect(waitMs(state, at(5))).toBe(WINDOW_MS - 5);
    expect(waitMs(state, at(WINDOW_MS - 1))).toBe(1);
    expect(waitMs(state, at(WINDOW_MS))).toBe(0);
    expect(afterFailure(state, at(WINDOW_MS))).toEqual({ failures: 1, failures_since: at(WINDOW_MS) });
  });

  it('are never more than five in any window that began with one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 * 60_000 }), { maxLength: 60 }), (gaps) => {
        let [state, now] = [none, 0];
        for (const gap of gaps) {
          now += gap;
          if (waitMs(state, at(now)) === 0) state = afterFailure(state, at(now));
          expect(state.failures).toBeLessThanOrEqual(MAX_FAILURES);
        }
      }),
    );
  });
});

it('mails another code after a minute', () => {
  expect(resendWaitMs(null, at(0))).toBe(0);
  expect(resendWaitMs(at(0), at(59_999))).toBe(1);
  expect(resendWaitMs(at(0), at(60_000))).toBe(0);
});
