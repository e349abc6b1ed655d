import { problem } from '../problem/index.ts';
import { countDays, type Days, daysBetween } from './days.ts';

/** Maximum number of days of a period in one report. */
const MAX_PERIOD_DAYS = 366;
const YEARS = { first: 1970, last: 2200 };

const refuse = (path: string, code: string, message: string) =>
  problem('invalid_input', { errors: [{ path, code, message }] });

/**
 * The days of a period in a time zone.
 * @throws `invalid_input` for an unsupported period
 */
export function periodOf({ from, to }: { from: string; to: string }, timeZone: string): Days {
  for (const [path, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const year = Number(day.slice(0, 4));
    if (year < YEARS.first || year > YEARS.last) {
      throw refuse(path, 'out_of_range', `must be in the years ${YEARS.first} to ${YEARS.last}`);
    }
  }
  const count = countDays(from, to);
  if (count < 1) throw refuse('to', 'too_small', 'must not be before `from`');
  if (count > MAX_PERIOD_DAYS) {
    throw refuse('to', 'too_big', `must be at most ${MAX_PERIOD_DAYS} days after \`from\``);
  }
  return daysBetween(from, to, timeZone);
}
