import type { Days } from '../../../platform/days/index.ts';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const QUARTERS = DAY_MS / QUARTER_MS;

/** The day by UTC that an instant lies in, and the quarter of an hour in it. */
export function quarterOf(at: Date): { day: string; quarter: number } {
  const ms = at.getTime();
  return {
    day: at.toISOString().slice(0, 10),
    quarter: Math.floor((ms - Math.floor(ms / DAY_MS) * DAY_MS) / QUARTER_MS),
  };
}

/** Quarters of a day as one digit each: 1 for those from `first` up to `end`. */
export function quarterBits(first: number, end: number): string {
  return '0'.repeat(first) + '1'.repeat(end - first) + '0'.repeat(QUARTERS - end);
}

/** The quarters that either of two has. */
export function unionOf(one: string, other: string): string {
  return [...one].map((digit, at) => (digit === '1' || other[at] === '1' ? '1' : '0')).join('');
}

/** A part of a local day that lies in one day by UTC. */
export interface DayPart {
  /** Index of the local day. */
  at: number;
  /** The day by UTC, YYYY-MM-DD. */
  day: string;
  quarters: string;
}

/** Splits local days at the midnights of UTC. */
export function partsOfDays({ names, starts }: Days): DayPart[] {
  return names.flatMap((_, at) => {
    const [begin, end] = [starts[at] ?? 0, starts[at + 1] ?? 0];
    const parts: DayPart[] = [];
    for (let midnight = Math.floor(begin / DAY_MS) * DAY_MS; midnight < end; midnight += DAY_MS) {
      const first = Math.max(0, Math.ceil((begin - midnight) / QUARTER_MS));
      const last = Math.min(QUARTERS, Math.ceil((end - midnight) / QUARTER_MS));
      parts.push({ at, day: new Date(midnight).toISOString().slice(0, 10), quarters: quarterBits(first, last) });
    }
    return parts;
  });
}
