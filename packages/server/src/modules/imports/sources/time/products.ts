import type { Row } from '../../rows/neutral.ts';
import type { SourceOptions } from '../options.ts';
import { reportRows } from './report.ts';

/** The detailed report of Toggl Track, as CSV. */
export function togglRows(file: string, options: SourceOptions): AsyncGenerator<Row, void> {
  return reportRows(file, { source: 'toggl', duration: 'duration' }, options);
}

/** The detailed report of Clockify, as CSV. */
export function clockifyRows(file: string, options: SourceOptions): AsyncGenerator<Row, void> {
  return reportRows(file, { source: 'clockify', duration: 'duration (h)' }, options);
}
