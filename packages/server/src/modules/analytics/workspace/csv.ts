import type { WorkspaceAnalytics } from '@atrium/protocol';
import { stringify } from 'csv-stringify/sync';
import { neutral } from '../../../platform/csv/index.ts';

/** The tables that a file can have. */
export const TABLES = ['days', 'people', 'categories'] as const;
export type Table = (typeof TABLES)[number];

type Cell = string | number;
type LeadTime = WorkspaceAnalytics['total']['leadTime'];

const HOUR_MS = 3_600_000;
const hours = (ms: number) => Math.round((ms / HOUR_MS) * 100) / 100;

const leadTimeCells = (leadTime: LeadTime): Cell[] =>
  leadTime === null ? ['', ''] : [hours(leadTime.medianMs), hours(leadTime.p90Ms)];

function cellsOf(table: Table, { categories, days, people }: WorkspaceAnalytics): Cell[][] {
  switch (table) {
    case 'days':
      return [
        [
          'Date',
          'Messages',
          'Active people',
          'Tasks completed',
          'Lead time: median hours',
          'Lead time: p90 hours',
          'Tracked hours',
        ],
        ...days.map(({ activePeople, completed, date, leadTime, messages, trackedMs }) => [
          ...[date, messages, activePeople, completed],
          ...leadTimeCells(leadTime),
          hours(trackedMs),
        ]),
      ];
    case 'people':
      return [
        ['Person', 'Tracked hours'],
        ...people.map(({ name, trackedMs }) => [name ?? 'Former member', hours(trackedMs)]),
      ];
    case 'categories':
      return [
        ['Category', 'Tracked hours'],
        ...categories.map(({ category, trackedMs }) => [category, hours(trackedMs)]),
      ];
  }
}

/** A table of the analytics of a workspace as CSV (RFC 4180). Numbers stay numbers, also negative ones. */
export function csvOf(table: Table, read: WorkspaceAnalytics): string {
  const cells = cellsOf(table, read).map((row) => row.map((cell) => (typeof cell === 'string' ? neutral(cell) : cell)));
  return stringify(cells, { record_delimiter: 'windows' });
}
