/** How often something recurs, as far as it can be said in words. */
export interface ReadRule {
  unit: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** Weekdays, Monday is 1; none for those of the date. */
  days: number[];
}

const UNITS = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** From Monday to Friday. */
export const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';

/**
 * Reads an RFC 5545 rule without its prefix: every so many days, weeks, months or years, and in a week on certain days.
 * Pure.
 * @returns undefined for a rule with anything else in it
 */
export function readRule(rule: string): ReadRule | undefined {
  const {
    FREQ,
    INTERVAL = '1',
    BYDAY,
    ...others
  } = Object.fromEntries(rule.split(';').map((part) => part.split('=', 2))) as Record<string, string | undefined>;
  const unit = UNITS.find((each) => each === FREQ);
  const days = BYDAY?.split(',').map((day) => DAYS.indexOf(day) + 1) ?? [];
  const isPlain = Object.keys(others).length === 0 && /^[1-9]\d{0,3}$/.test(INTERVAL) && !days.includes(0);
  if (unit === undefined || !isPlain || (days.length > 0 && unit !== 'WEEKLY')) return undefined;
  return { unit, interval: Number(INTERVAL), days: days.sort((one, other) => one - other) };
}
