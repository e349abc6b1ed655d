import type { Money } from '@atrium/protocol';
import { type Days, dayAt } from '../../../platform/days/index.ts';

/** An entry as input of a sheet; instants in epoch milliseconds. */
export interface SheetEntry {
  id: string;
  kind: 'timer' | 'manual' | 'correction';
  userId: string;
  taskId: string;
  startMs: number;
  /** For a running timer: the time up to which it counts. */
  stopMs: number;
  /** For a correction: the correction. */
  durationMs: number;
  isRunning: boolean;
  note: string;
  reason: string | null;
  corrects: string | null;
  billable: boolean;
  /** null: none, or not visible to the viewer. */
  rate: Money | null;
  person: string;
  task: string;
  /** '' for none. */
  category: string;
}

/** The part of an entry on one day. */
export interface Line {
  entry: SheetEntry;
  /** YYYY-MM-DD. */
  day: string;
  /** The part of the entry on that day. */
  startMs: number;
  stopMs: number;
  /** The exact time. */
  ms: number;
  /** The time as the sheet rounds it. */
  roundedMs: number;
}

/** Splits entries into the days of a sheet, in the order of the entries. Time outside of these days is left out. */
export function splitOverDays(entries: readonly SheetEntry[], days: Days): Line[] {
  return entries.flatMap((entry) =>
    entry.kind === 'correction' ? correctionLines(entry, days) : spanLines(entry, days),
  );
}

const lineOf = (entry: SheetEntry, day: string, startMs: number, stopMs: number, ms: number): Line => ({
  entry,
  day,
  startMs,
  stopMs,
  ms,
  roundedMs: ms,
});

function correctionLines(entry: SheetEntry, days: Days): Line[] {
  const day = days.names[dayAt(days, entry.startMs)];
  return day === undefined ? [] : [lineOf(entry, day, entry.startMs, entry.startMs, entry.durationMs)];
}

function spanLines(entry: SheetEntry, days: Days): Line[] {
  const lines: Line[] = [];
  for (let at = Math.max(0, dayAt(days, entry.startMs)); at < days.names.length; at += 1) {
    const startMs = Math.max(entry.startMs, days.starts[at] ?? 0);
    const stopMs = Math.min(entry.stopMs, days.starts[at + 1] ?? 0);
    if (startMs >= stopMs) break;
    lines.push(lineOf(entry, days.names[at] ?? '', startMs, stopMs, stopMs - startMs));
  }
  return lines;
}

/** The rounding of a sheet. */
export interface Rounding {
  mode: 'none' | 'up' | 'nearest';
  minutes: number;
  /** `entry`: each entry with its corrections; `day`: the time of one person on one task on one day. */
  per: 'entry' | 'day';
}

/**
 * Rounds lines by group. The difference goes to the last line of each group, so that the lines add up to the rounded
 * sums.
 */
export function roundLines(lines: readonly Line[], { minutes, mode, per }: Rounding): Line[] {
  if (mode === 'none') return [...lines];
  const unit = minutes * 60_000;
  const round = mode === 'up' ? Math.ceil : Math.round;
  const groups = Map.groupBy(lines, ({ day, entry }) =>
    per === 'entry' ? (entry.corrects ?? entry.id) : `${entry.userId} ${entry.taskId} ${day}`,
  );
  const extra = new Map<Line | undefined, number>();
  for (const group of groups.values()) {
    const ms = group.reduce((sum, line) => sum + line.ms, 0);
    extra.set(group.at(-1), round(ms / unit) * unit - ms);
  }
  return lines.map((line) => ({ ...line, roundedMs: line.ms + (extra.get(line) ?? 0) }));
}
