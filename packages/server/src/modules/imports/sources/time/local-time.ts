import { Temporal } from 'temporal-polyfill';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const FIGURES = /^(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?$/i;

/** The order of day and month that a numeric date reveals; undefined: none. */
export function orderShownBy(date: string): DateOrder | undefined {
  const [, first = '', second = ''] = FIGURES.exec(date.trim()) ?? [];
  if (first.length === 4) return 'ymd';
  if (Number(first) > 12) return 'dmy';
  return Number(second) > 12 ? 'mdy' : undefined;
}

/** Parses a local time of that zone. @returns undefined if it is not a time; in a gap of the clock, the later one */
export function readTime(date: string, time: string, order: DateOrder, timeZone: string): Date | undefined {
  const [, first, second, third] = FIGURES.exec(date.trim()) ?? [];
  const [, hours, minutes, seconds = '0', half] = CLOCK.exec(time.trim()) ?? [];
  if (first === undefined || hours === undefined) return undefined;
  const [year, month, day] = { ymd: [first, second, third], dmy: [third, second, first], mdy: [third, first, second] }[
    order
  ];
  try {
    const plain = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: half === undefined ? Number(hours) : hourOf(Number(hours), half),
        minute: Number(minutes),
        second: Number(seconds),
      },
      { overflow: 'reject' },
    );
    return new Date(plain.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** 13:00 PM means 13:00. */
function hourOf(hour: number, half: string): number {
  if (hour > 12) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** Milliseconds of `1:23:45`, `01:23`, or of decimal hours. */
export function readDuration(text: string): number | undefined {
  const clock = /^(\d{1,4}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (clock !== null) {
    const [, hours, minutes, seconds = '0'] = clock;
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  }
  const hours = /^\d{1,4}([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;
  return Number.isNaN(hours) ? undefined : Math.round(hours * 3_600_000);
}
