import { Temporal } from 'temporal-polyfill';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const FIGURES = /^(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?$/i;

/** What a date in figures shows of their order; undefined: nothing. */
export function orderShownBy(date: string): DateOrder | undefined {
  const [, first = '', second = ''] = FIGURES.exec(date.trim()) ?? [];
  if (first.length === 4) return 'ymd';
  if (Number(first) > 12) return 'dmy';
  return Number(second) > 12 ? 'mdy' : undefined;
}

/** A time as a clock in that zone shows it. @returns undefined for what is no time; in a gap of the clock, the later */
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

/** 13:00 PM is 13 o'clock. */
function hourOf(hour: number, half: string): number {
  if (hour > 12) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** Milliseconds of `1:23:45`, `01:23`, or of hours as a decimal number. */
export function readDuration(text: string): number | undefined {
  const clock = /^(\d{1,4}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (clock !== null) {
    const [, hours, minutes, seconds = '0'] = clock;
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  }
  const hours = /^\d{1,4}([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;
  return Number.isNaN(hours) ? undefined : Math.round(hours * 3_600_000);
}
