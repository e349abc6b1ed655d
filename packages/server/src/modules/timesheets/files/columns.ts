import { Temporal } from 'temporal-polyfill';
import type { Line } from '../sheet/lines.ts';
import { sumsOfEach } from '../sheet/summary.ts';

/** A line of a timesheet file. */
export interface FileLine {
  day: string;
  person: string;
  task: string;
  category: string;
  kind: string;
  /** In the zone of the sheet. */
  start: string;
  end: string;
  hours: number;
  ms: number;
  roundedMs: number;
  billable: boolean;
  rate: number | null;
  amount: number | null;
  currency: string;
  note: string;
  reason: string;
}

/** The number of decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Formats an amount in minor units. */
export function majorUnits(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** decimalsOf(currency);
}

/** An instant as local time: 14:05:00. */
function clockAt(ms: number, timeZone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainTime();
  return time.toString({ smallestUnit: 'second' });
}

const KINDS = { timer: 'Timer', manual: 'Manual', correction: 'Correction' } as const;

/** The lines of a sheet in a file; each column adds up to its total. */
export function fileLines(lines: readonly Line[], timeZone: string): FileLine[] {
  const sums = sumsOfEach(lines);
  return lines.map(({ day, entry, ms, roundedMs, startMs, stopMs }, at) => {
    const [amount] = sums[at]?.amounts ?? [];
    const currency = entry.rate?.currency ?? '';
    return {
      day,
      person: entry.person,
      task: entry.task,
      category: entry.category,
      kind: KINDS[entry.kind],
      start: clockAt(startMs, timeZone),
      end: entry.isRunning ? '' : clockAt(stopMs, timeZone),
      hours: sums[at]?.hours ?? 0,
      ms,
      roundedMs,
      billable: entry.billable,
      rate: entry.rate && majorUnits(entry.rate.amountMinor, currency),
      amount: amount === undefined ? null : majorUnits(amount.amountMinor, amount.currency),
      currency,
      note: entry.note,
      reason: entry.reason ?? '',
    };
  });
}

/** A column of a file. */
export interface FileColumn {
  title: string;
  /** In characters. */
  width: number;
  value(line: FileLine): string | number | null;
}

/** The columns of CSV and XLSX, in order. */
export const columns: readonly FileColumn[] = [
  { title: 'Date', width: 11, value: ({ day }) => day },
  { title: 'Person', width: 20, value: ({ person }) => person },
  { title: 'Task', width: 32, value: ({ task }) => task },
  { title: 'Category', width: 16, value: ({ category }) => category },
  { title: 'Kind', width: 11, value: ({ kind }) => kind },
  { title: 'Start', width: 9, value: ({ start }) => start },
  { title: 'End', width: 9, value: ({ end }) => end },
  { title: 'Hours', width: 8, value: ({ hours }) => hours },
  { title: 'Milliseconds', width: 13, value: ({ ms }) => ms },
  { title: 'Rounded milliseconds', width: 13, value: ({ roundedMs }) => roundedMs },
  { title: 'Billable', width: 8, value: ({ billable }) => (billable ? 'yes' : 'no') },
  { title: 'Rate', width: 9, value: ({ rate }) => rate },
  { title: 'Amount', width: 11, value: ({ amount }) => amount },
  { title: 'Currency', width: 8, value: ({ currency }) => currency },
  { title: 'Note', width: 32, value: ({ note }) => note },
  { title: 'Reason', width: 24, value: ({ reason }) => reason },
];
