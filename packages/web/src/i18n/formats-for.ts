import { currencyDigits } from '@atrium/protocol/money';

type Instant = string | number;

/** Dates, numbers and durations as a person writes them. */
export interface Formats {
  /** `9:41` */
  time: (at: Instant) => string;
  /** `Thursday, 26 November` */
  day: (at: Instant) => string;
  /** `26 Nov` */
  date: (at: Instant) => string;
  /** `Thu, 26 Nov, 9:41` */
  moment: (at: Instant) => string;
  /** Day and time in full. */
  full: (at: Instant) => string;
  /** The time if it was today, else the date. */
  recent: (at: Instant) => string;
  /** `in 3 days`, `2 hours ago` */
  relative: (at: Instant) => string;
  /** The same text for all instants of one day in the person's zone: `2026-11-26`. */
  dayKey: (at: Instant) => string;
  /** A day of a calendar, `2026-11-26`: `Thu 26`. */
  weekday: (day: string) => string;
  /** The same: `26 Nov`. */
  dateOfDay: (day: string) => string;
  /** The same: `Thu`. */
  weekdayName: (day: string) => string;
  /** The same: `Nov`. */
  month: (day: string) => string;
  /** A day of the week, 1: Monday … 7: Sunday: `Monday`, or `Mon`. */
  dayOfWeek: (weekday: number, width: 'long' | 'short') => string;
  /** The day that a week begins with; 1: Monday … 7: Sunday. */
  firstWeekday: number;
  number: (value: number) => string;
  /** A part of one: `46 %`. */
  percent: (part: number) => string;
  list: (items: readonly string[]) => string;
  /** The size of a file: `1.2 MB`. */
  bytes: (count: number) => string;
  /** Minor units of a currency. */
  money: (minor: number, currency: string) => string;
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Makes something when it is first needed, and then keeps it. */
function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same with one value for each key. Only for keys of which there are few, such as units and currencies. */
function oncePerKey<Key extends string | number, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/**
 * Formats for a language and a zone. Pure but for `now`. Making a format of the browser takes up to a millisecond, so
 * each is made when it is first used, and all of them are shared: see `useFormats`.
 * @param locale tag of the language
 * @param timeZone IANA name; the browser's unless given
 */
export function formatsFor(locale: string, timeZone: string | undefined, now: () => number): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dateFormat = (options: Intl.DateTimeFormatOptions, language = locale) => {
    const format = once(() => new Intl.DateTimeFormat(language, { ...options, ...zone }));
    return (at: Instant) => format().format(new Date(at));
  };
  const time = dateFormat({ hour: 'numeric', minute: '2-digit' });
  const date = dateFormat({ day: 'numeric', month: 'short' });
  const dayKey = dateFormat({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
  const relativeFormat = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const numberFormat = once(() => new Intl.NumberFormat(locale));
  const percentFormat = once(() => new Intl.NumberFormat(locale, { style: 'percent' }));
  const listFormat = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const moneyFormat = oncePerKey((currency: string) => moneyFormatOf(locale, currency));
  const bytesFormat = oncePerKey((power: number) => bytesFormatOf(locale, power));
  const ofDay = (options: Intl.DateTimeFormatOptions) => {
    const format = once(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
    return (day: string) => format().format(new Date(`${day}T00:00:00Z`));
  };
  const weekdayName = ofDay({ weekday: 'short' });
  const weekdayInFull = ofDay({ weekday: 'long' });
  return {
    time,
    day: dateFormat({ weekday: 'long', day: 'numeric', month: 'long' }),
    date,
    moment: dateFormat({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }),
    full: dateFormat({ dateStyle: 'full', timeStyle: 'short' }),
    recent: (at) => (dayKey(at) === dayKey(now()) ? time(at) : date(at)),
    relative: (at) => {
      const distance = new Date(at).getTime() - now();
      const [unit, length] = STEPS.find(([, ms]) => Math.abs(distance) >= ms) ?? ['minute', 60_000];
      return relativeFormat().format(Math.trunc(distance / length), unit);
    },
    dayKey,
    weekday: ofDay({ weekday: 'short', day: 'numeric' }),
    // 1 January 2024 was a Monday.
    dayOfWeek: (weekday, width) => (width === 'long' ? weekdayInFull : weekdayName)(`2024-01-0${weekday}`),
    dateOfDay: ofDay({ day: 'numeric', month: 'short' }),
    weekdayName,
    month: ofDay({ month: 'short' }),
    firstWeekday: firstWeekdayOf(locale),
    number: (value) => numberFormat().format(value),
    percent: (part) => percentFormat().format(part),
    list: (items) => listFormat().format(items),
    bytes: (count) => {
      const power = powerOf(count);
      return bytesFormat(power).format(count / 1_000 ** power);
    },
    money: (minor, currency) => moneyFormat(currency).format(minor / 10 ** currencyDigits(currency)),
  };
}

function moneyFormatOf(locale: string, currency: string): Intl.NumberFormat {
  const digits = currencyDigits(currency);
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...shown });
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The unit in which a number of bytes is written, as a power of 1,000. */
const powerOf = (count: number) =>
  Math.min(BYTE_UNITS.length - 1, count < 1_000 ? 0 : Math.floor(Math.log10(count) / 3));

function bytesFormatOf(locale: string, power: number): Intl.NumberFormat {
  // The short name of a byte has no plural.
  const unitDisplay = power === 0 ? 'long' : 'short';
  const maximumFractionDigits = power > 1 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    ...{ style: 'unit', unit: BYTE_UNITS[power] ?? 'byte', unitDisplay, maximumFractionDigits },
  });
}

/** Where the browser does not know, weeks begin on Monday. */
function firstWeekdayOf(tag: string): number {
  const locale = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return locale.getWeekInfo?.().firstDay ?? 1;
}
