import { dayAfter, weekStart } from '../../i18n/days.ts';

/** How many weeks the map of the year shows; the last one holds today. */
export const YEAR_WEEKS = 53;
const WEEK = 7;

/** The first day of the map of the year. Pure. */
export function yearStart(today: string, firstWeekday: number): string {
  return dayAfter(weekStart(today, firstWeekday), -(YEAR_WEEKS - 1) * WEEK);
}

/** A place on the map of the year. */
export interface YearCell<Day> {
  date: string;
  /** undefined: it has not come yet. */
  day: Day | undefined;
}

/** The map of the year by week, seven days each. Pure. */
export function yearWeeks<Day extends { date: string }>(
  days: readonly Day[],
  today: string,
  firstWeekday: number,
): YearCell<Day>[][] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const start = yearStart(today, firstWeekday);
  return Array.from({ length: YEAR_WEEKS }, (_, week) =>
    Array.from({ length: WEEK }, (__, at) => {
      const date = dayAfter(start, week * WEEK + at);
      return { date, day: byDate.get(date) };
    }),
  );
}

/** True for a week in which a month begins, unless it is at the edge of the map. Pure. */
export function beginsMonth(weeks: readonly (readonly YearCell<unknown>[])[], at: number): boolean {
  const monthOf = (week: number) => weeks[week]?.[0]?.date.slice(0, 7);
  return at > 0 && at < weeks.length - 1 && monthOf(at) !== monthOf(at - 1);
}

/** From nothing, 0, to as much as on the best days, 4. Pure. */
export function heatOf(completed: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (completed <= 0) return 0;
  if (most <= 4) return Math.min(4, completed) as 1 | 2 | 3 | 4;
  return Math.min(4, Math.ceil((completed / most) * 4)) as 1 | 2 | 3 | 4;
}

/**
 * As many as are completed on good days: one day in ten has more. A single day with very many does not make all others
 * look empty. Pure.
 */
export function goodDay(completed: readonly number[]): number {
  const busy = completed.filter((count) => count > 0).sort((one, other) => one - other);
  return busy[Math.ceil(busy.length * 0.9) - 1] ?? 0;
}

/** How much of a bar is filled, 0 to 1. Pure. */
export const partOf = (value: number, most: number): number => (most <= 0 ? 0 : Math.min(1, Math.max(0, value / most)));

/** Reads a goal as it was typed; null: none. Pure. */
export function readGoal(text: string | undefined): number | null {
  return text === undefined || text.trim() === '' ? null : Number(text);
}

const STEPS: Readonly<Record<string, readonly [weeks: number, days: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The day that a key leads to on the map of the year; undefined: the key means nothing there. Pure. */
export function dayBeside(day: string, key: string, first: string, last: string): string | undefined {
  if (key === 'Home') return first;
  if (key === 'End') return last;
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const next = dayAfter(day, step[0] * WEEK + step[1]);
  return next < first ? first : next > last ? last : next;
}

/** The height in which the bars of a period are drawn. */
export const CHART_HEIGHT = 72;
/** More bars than this stand without gaps. */
const MOST_WITH_GAPS = 92;
const GAP = 0.2;

/** Bars of one unit of width each, as the path of an SVG; the highest is as high as the chart. Pure. */
export function barsPath(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  const gap = values.length > MOST_WITH_GAPS ? 0 : GAP;
  return values
    .map((value, at) => {
      const height = CHART_HEIGHT * partOf(value, most);
      return height === 0 ? '' : `M${at} ${CHART_HEIGHT}v${-height}h${1 - gap}v${height}z`;
    })
    .join('');
}

/** Days that analytics are asked for, both included. */
export interface Period {
  from: string;
  to: string;
}

/** What an address says of them. */
export interface AskedPeriod {
  from?: string | undefined;
  to?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const readDay = (value: unknown): string | undefined =>
  typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;

/** Reads a period from an address; what is unknown is left out. Pure. */
export function readPeriod({ from, to }: Readonly<Record<string, unknown>>): AskedPeriod {
  return { from: readDay(from), to: readDay(to) };
}

/** The periods that are offered, by their number of days. */
export const PERIODS = [7, 30, 90, 365] as const;
const USUAL = 30;
const MOST_DAYS = 366;

/** The last days up to one. Pure. */
export const lastDays = (count: number, to: string): Period => ({ from: dayAfter(to, 1 - count), to });

/** The period of an address: the last 30 days unless it says otherwise, and never more than are reported on. Pure. */
export function periodOf({ from, to }: AskedPeriod, today: string): Period {
  const last = to ?? today;
  const earliest = dayAfter(last, 1 - MOST_DAYS);
  const first = from ?? lastDays(USUAL, last).from;
  return { from: first < earliest ? earliest : first > last ? last : first, to: last };
}

/** A length of time in the unit in which people think of it. Pure. */
export function spanOf(ms: number): { unit: 'minutes' | 'hours' | 'days'; count: number } {
  const hours = ms / 3_600_000;
  if (hours < 1) return { unit: 'minutes', count: Math.round(hours * 60) };
  if (hours < 48) return { unit: 'hours', count: Math.round(hours * 10) / 10 };
  return { unit: 'days', count: Math.round(hours / 2.4) / 10 };
}
