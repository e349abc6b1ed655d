const FREQUENCIES = /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/;
const list = (item: string) => new RegExp(`^${item}(,${item})*$`);
const upTo = (max: number) => (value: string) =>
  value.split(',').every((each) => /^[+-]?\d{1,3}$/.test(each) && Number(each) !== 0 && Math.abs(Number(each)) <= max);
const within = (min: number, max: number) => (value: string) =>
  /^\d{1,5}$/.test(value) && Number(value) >= min && Number(value) <= max;
const matches = (pattern: RegExp) => (value: string) => pattern.test(value);

const DAY = '(MO|TU|WE|TH|FR|SA|SU)';

/** The parts that a rule can have (RFC 5545 §3.3.10, RFC 7529), and the values that are valid in each. */
const PARTS: Readonly<Record<string, { fits: (value: string) => boolean; allowed: string }>> = {
  FREQ: { fits: matches(FREQUENCIES), allowed: 'DAILY, WEEKLY, MONTHLY or YEARLY' },
  INTERVAL: { fits: within(1, 1_000), allowed: '1 to 1000' },
  COUNT: { fits: within(1, 9_999), allowed: '1 to 9999' },
  UNTIL: { fits: matches(/^\d{8}(T\d{6}Z)?$/), allowed: 'YYYYMMDD or YYYYMMDDTHHMMSSZ' },
  BYDAY: { fits: matches(list(`([+-]?[1-9]\\d?)?${DAY}`)), allowed: 'weekdays such as MO or -1FR' },
  BYMONTHDAY: { fits: upTo(31), allowed: '1 to 31 or -31 to -1' },
  BYYEARDAY: { fits: upTo(366), allowed: '1 to 366 or -366 to -1' },
  BYWEEKNO: { fits: upTo(53), allowed: '1 to 53 or -53 to -1' },
  BYMONTH: { fits: (value) => value.split(',').every(within(1, 12)), allowed: '1 to 12' },
  BYSETPOS: { fits: upTo(366), allowed: '1 to 366 or -366 to -1' },
  WKST: { fits: matches(new RegExp(`^${DAY}$`)), allowed: 'a weekday' },
  RSCALE: { fits: matches(/^GREGORIAN$/), allowed: 'GREGORIAN' },
  SKIP: { fits: matches(/^(OMIT|BACKWARD|FORWARD)$/), allowed: 'OMIT, BACKWARD or FORWARD' },
};

/** The parts of a rule by name. */
export type RuleParts = ReadonlyMap<string, string>;

/** Parses a rule into its parts, without validation. */
export function partsOf(rule: string): RuleParts {
  return new Map(rule.split(';').map((part) => [part.split('=')[0] ?? '', part.slice(part.indexOf('=') + 1)]));
}

/** Formats parts as a rule. */
export function ruleOf(parts: RuleParts): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';');
}

/** What is wrong with a rule's syntax; undefined if nothing. It does not check whether the rule ever occurs. */
export function ruleFault(rule: string): string | undefined {
  const written = rule.split(';');
  const parts = partsOf(rule);
  if (parts.size < written.length) return 'names a part twice';
  for (const [name, value] of parts) {
    const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (part === undefined) {
      return /^BY(HOUR|MINUTE|SECOND)$/.test(name)
        ? `${name} is not supported: the time of day is that of the due date`
        : `${JSON.stringify(name.slice(0, 20))} is not a part of a recurrence rule`;
    }
    if (!part.fits(value)) return `${name} must be ${part.allowed}`;
  }
  if (!parts.has('FREQ')) return 'needs FREQ: DAILY, WEEKLY, MONTHLY or YEARLY';
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'has either COUNT or UNTIL';
  if (parts.has('SKIP') && !parts.has('RSCALE')) return 'SKIP needs RSCALE=GREGORIAN';
  // The library skips the month nevertheless.
  if (parts.has('SKIP') && parts.has('BYMONTHDAY') && parts.get('FREQ') === 'MONTHLY') {
    return 'SKIP goes without BYMONTHDAY in a monthly rule: the day is that of the due date';
  }
  return undefined;
}
