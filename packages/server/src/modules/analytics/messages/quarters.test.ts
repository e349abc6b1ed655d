import { expect, it } from 'vitest';
import { daysBetween } from '../../../platform/days/index.ts';
import { partsOfDays, quarterOf, unionOf } from './quarters.ts';

const QUARTER_MS = 15 * 60_000;

/** The local day of each quarter of an hour that has one, by its day and place in UTC. */
function plainDays({ starts }: { starts: readonly number[] }): Map<string, number> {
  const dayOf = new Map<string, number>();
  for (let at = 0; at < starts.length - 1; at += 1) {
    for (let ms = starts[at] ?? 0; ms < (starts[at + 1] ?? 0); ms += QUARTER_MS) {
      const { day, quarter } = quarterOf(new Date(ms + 1));
      dayOf.set(`${day} ${quarter}`, at);
    }
  }
  return dayOf;
}

it.each([
  ['2026-03-28', '2026-03-30'],
  ['2026-10-24', '2026-10-26'],
])('puts every quarter from %s to %s into one day, in every time zone', (from, to) => {
  for (const timeZone of Intl.supportedValuesOf('timeZone')) {
    const days = daysBetween(from, to, timeZone);
    const found = partsOfDays(days).flatMap(({ at, day, quarters }) =>
      [...quarters].flatMap((digit, quarter) => (digit === '1' ? [[`${day} ${quarter}`, at] as const] : [])),
    );
    expect(found, timeZone).toEqual([...plainDays(days)]);
  }
});

it('unites quarters', () => {
  expect(unionOf('0101', '0011')).toBe('0111');
});
