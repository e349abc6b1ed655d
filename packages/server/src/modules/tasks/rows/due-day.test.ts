import { describe, expect, it } from 'vitest';
import { dayAt } from './due-day.ts';

/** A day without a time is overdue where it is already a later day: see the filter `overdue` of the list. */
describe('2026-08-09', () => {
  it.each([
    // 00:01, 18:00, 23:59 and the next 00:01 for each viewer.
    ['America/Los_Angeles', '2026-08-09T07:01:00Z', false],
    ['America/Los_Angeles', '2026-08-10T01:00:00Z', false],
    ['America/Los_Angeles', '2026-08-10T06:59:00Z', false],
    ['America/Los_Angeles', '2026-08-10T07:01:00Z', true],
    ['Pacific/Auckland', '2026-08-08T12:01:00Z', false],
    ['Pacific/Auckland', '2026-08-09T06:00:00Z', false],
    ['Pacific/Auckland', '2026-08-09T11:59:00Z', false],
    ['Pacific/Auckland', '2026-08-09T12:01:00Z', true],
  ])('for a viewer in %s at %s is past: %s', (zone, now, expected) => {
    expect('2026-08-09' < dayAt(new Date(now), zone)).toBe(expected);
  });
});
