import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefreshDecision, type RefreshState, refreshDecision, sessionExpiry } from './policy.ts';

const DAY = 24 * 60 * 60 * 1000;
const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
const hash = (name: string) => Buffer.from(name.padEnd(32));

const fresh: RefreshState = {
  tokenHash: hash('a'),
  previousHash: null,
  rotatedAt: null,
  expiresAt: at(7 * DAY),
  revokedAt: null,
};
const rotated: RefreshState = { ...fresh, tokenHash: hash('b'), previousHash: hash('a'), rotatedAt: at(0) };
const twice: RefreshState = { ...fresh, tokenHash: hash('c'), previousHash: hash('b'), rotatedAt: at(1_000) };

describe('refreshDecision', () => {
  it.each<[string, RefreshState, string, number, RefreshDecision]>([
    ['the first token', fresh, 'a', 0, 'rotate'],
    ['a token of the family that was never given out', fresh, 'x', 0, 'reused'],
    ['the current token after a trade', rotated, 'b', 0, 'rotate'],
    ['the previous token at once', rotated, 'a', 0, 'repeat'],
    ['the previous token on a call that began before the trade', rotated, 'a', -5, 'repeat'],
    ['the previous token at the end of the grace', rotated, 'a', 30_000, 'repeat'],
    ['the previous token after the grace', rotated, 'a', 30_001, 'reused'],
    ['the current token long after the grace', rotated, 'b', 6 * DAY, 'rotate'],
    ['two trades back, inside 30 s', twice, 'a', 2_000, 'reused'],
    ['one trade back of two', twice, 'b', 2_000, 'repeat'],
    ['the current token just before the end', fresh, 'a', 7 * DAY - 1, 'rotate'],
    ['the current token at the end', fresh, 'a', 7 * DAY, 'ended'],
    ['a spent token after the end', twice, 'a', 7 * DAY, 'ended'],
    ['the current token of a revoked session', { ...fresh, revokedAt: at(0) }, 'a', 0, 'ended'],
    ['the previous token of a revoked session', { ...rotated, revokedAt: at(0) }, 'a', 0, 'ended'],
  ])('%s', (_name, state, presented, ms, decision) => {
    expect(refreshDecision(state, hash(presented), at(ms))).toBe(decision);
  });

  /** Presents tokens by age (0 is the current one), and updates the state as the store does. */
  it('keeps its invariants through any history of a session', () => {
    const step = fc.record({ age: fc.nat({ max: 4 }), wait: fc.constantFrom(0, 1_000, 29_000, 30_000, 31_000, DAY) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const given = ['0'];
        let state: RefreshState = { ...fresh, tokenHash: hash('0'), expiresAt: at(90 * DAY) };
        let now = 0;
        let tradedAt = -Infinity;
        for (const { age, wait } of steps) {
          now += wait;
          const presented = given.at(-1 - age) ?? 'forged';
          const decision = refreshDecision(state, hash(presented), at(now));
          const live = state.revokedAt === null;
          if (!live) expect(decision).toBe('ended');
          else if (age === 0) expect(decision).toBe('rotate');
          else if (age === 1 && given.length > 1 && now - tradedAt <= 30_000) expect(decision).toBe('repeat');
          else expect(decision).toBe('reused');
          if (decision === 'reused') state = { ...state, revokedAt: at(now) };
          if (decision !== 'rotate') continue;
          const next = String(given.length);
          given.push(next);
          tradedAt = now;
          state = { ...state, tokenHash: hash(next), previousHash: hash(presented), rotatedAt: at(now) };
        }
      }),
    );
  });
});

describe('sessionExpiry', () => {
  it.each([
    ['7 days without use', false, 0, 7],
    ['30 days when remembered', true, 0, 30],
    ['counted from the last use', false, 50, 57],
    ['never beyond 90 days', false, 85, 90],
    ['never beyond 90 days when remembered', true, 61, 90],
  ])('%s', (_name, remember, usedDay, endDay) => {
    expect(sessionExpiry({ remember, createdAt: at(0) }, at(usedDay * DAY))).toEqual(at(endDay * DAY));
  });
});
