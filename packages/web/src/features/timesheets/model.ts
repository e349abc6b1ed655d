import type { PeriodLock, Timesheet } from '@atrium/protocol';
import { dayAfter } from '../../i18n/days.ts';

/** What the page of times shows; its typed search parameters. */
export interface TimeQuery {
  /** Weeks unless given. */
  by?: 'day' | undefined;
  /** A day of the week that is shown, or the day itself; today unless given. */
  from?: string | undefined;
  /** A person, or `all`; me unless given. */
  who?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value));

/** Reads the query from an address; what is unknown is left out. Pure. */
export function readTimeQuery({ by, from, who }: Readonly<Record<string, unknown>>): TimeQuery {
  return {
    by: by === 'day' ? 'day' : undefined,
    from: isDay(from) ? from : undefined,
    who: typeof who === 'string' && who !== '' ? who.slice(0, 100) : undefined,
  };
}

/** The address of the page of times. Pure. */
export function timeAddress(workspaceId: string, { by, from, who }: TimeQuery): string {
  const search = new URLSearchParams(
    Object.entries({ by, from, who }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
  return `/w/${workspaceId}/time${search === '' ? '' : `?${search}`}`;
}

/** The seven days from one on. Pure. */
export const weekFrom = (start: string): string[] => Array.from({ length: 7 }, (_, at) => dayAfter(start, at));

/** The time of one task on each of the days, in milliseconds. */
export interface TaskTime {
  taskId: string;
  title: string;
  ms: readonly number[];
  total: number;
}

/** One row a task from one sheet a day; those with the most time first. Pure. */
export function rowsOf(sheets: readonly (Timesheet | undefined)[]): TaskTime[] {
  const rows = new Map<string, { title: string; ms: number[] }>();
  sheets.forEach((sheet, at) => {
    for (const { key, name, ms } of sheet?.rows ?? []) {
      const row = rows.get(key) ?? { title: name, ms: sheets.map(() => 0) };
      row.ms[at] = ms;
      rows.set(key, row);
    }
  });
  return [...rows]
    .map(([taskId, { title, ms }]) => ({ taskId, title, ms, total: sum(ms) }))
    .sort((one, other) => other.total - one.total || one.title.localeCompare(other.title));
}

export const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

/** Whether a day lies in a locked period. Pure. */
export const isLocked = (locks: readonly PeriodLock[], day: string): boolean =>
  locks.some(({ from, to }) => from <= day && day <= to);

/** Reads `1:30` as milliseconds; undefined: it is not written so. Pure. */
export function readHours(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,3}):([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours === undefined || minutes === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60_000;
}
