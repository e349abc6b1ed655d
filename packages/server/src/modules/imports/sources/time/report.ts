import { type CsvRecord, csvRows, UnusedColumns } from '../../reading/csv.ts';
import { BadExport, leftOut, type Row, type Source, type TimeRow } from '../../rows/neutral.ts';
import { keyOf, Occurrences } from '../key.ts';
import type { SourceOptions } from '../options.ts';
import { type DateOrder, orderShownBy, readDuration, readTime } from './local-time.ts';

/** The column names of a product's detailed report, in lower case. */
export interface Columns {
  source: Source;
  duration: string;
}

const NEEDED = ['user', 'project', 'description', 'start date', 'start time'];
/** All that are imported. The decimal duration repeats the other. */
const USED = [
  ...NEEDED,
  ...['client', 'email', 'task', 'tags', 'billable', 'end date', 'end time', 'duration (decimal)'],
];
/** A minute that a report does not show. */
const ROUNDED_MS = 60_000;

/**
 * The rows of a detailed report: who worked on what, and how long. Each project, or each of its tasks, becomes a task.
 */
export async function* reportRows(file: string, columns: Columns, options: SourceOptions): AsyncGenerator<Row, void> {
  const order = await orderOf(file, columns, options);
  const occurrences = new Occurrences();
  const known = new Set<string>();
  const unused = new UnusedColumns([...USED, columns.duration]);
  for await (const row of csvRows(file, [...NEEDED, columns.duration])) {
    const where = `line ${row.line}`;
    if ('fault' in row) {
      yield leftOut(where, row.fault);
      continue;
    }
    unused.add(row.record);
    yield* rowsOf({ record: row.record, where, order, occurrences, known, columns, options });
  }
  yield* unused.rows();
}

/** The order of day and month in its dates: one unambiguous date decides for all. */
async function orderOf(file: string, { duration }: Columns, { dateOrder }: SourceOptions): Promise<DateOrder> {
  const shown = new Set<DateOrder>();
  let isAny = false;
  for await (const row of csvRows(file, [...NEEDED, duration])) {
    if ('fault' in row) continue;
    const date = row.record['start date'] ?? '';
    isAny ||= date !== '';
    const order = orderShownBy(date);
    if (order !== undefined) shown.add(order);
  }
  const [only] = shown;
  if (dateOrder !== undefined && only !== 'ymd') return dateOrder;
  if (shown.size === 1 && only !== undefined) return only;
  if (!isAny) return 'ymd';
  throw new BadExport('Its dates can be read as day/month or month/day. Say which with --dates dmy or --dates mdy.');
}

interface Reading {
  record: CsvRecord;
  where: string;
  order: DateOrder;
  occurrences: Occurrences;
  known: Set<string>;
  columns: Columns;
  options: SourceOptions;
}

function* rowsOf(reading: Reading): Generator<Row, void> {
  const { record, where, known, options } = reading;
  const span = spanOf(reading);
  if ('fault' in span) {
    yield leftOut(where, span.fault);
    return;
  }
  const { client = '', email = '', project = '', task = '', user = '' } = record;
  const person = (email || user).trim().toLowerCase() || 'nobody';
  if (!known.has(`person ${person}`)) {
    known.add(`person ${person}`);
    const name = user.trim() || email.trim() || 'Unknown';
    const address = email.trim() === '' ? {} : { email: email.trim() };
    yield { kind: 'person', key: person, where, name, ...address, role: 'member', isActive: true };
  }
  const taskKey = keyOf(client, project, task);
  if (!known.has(`task ${taskKey}`)) {
    known.add(`task ${taskKey}`);
    yield {
      kind: 'task',
      key: taskKey,
      where,
      title: task.trim() || project.trim() || 'Time without a project',
      description: client.trim() === '' ? '' : `Client: ${client.trim()}`,
      assignees: [],
      labels: [],
      category: project.trim() || undefined,
      status: 'todo',
      createdAt: span.startedAt < options.now ? span.startedAt : options.now,
    };
  }
  yield timeRow(reading, { person, task: taskKey, ...span });
}

type Span = Pick<TimeRow, 'startedAt' | 'stoppedAt'> & { notes: string[] };

/** Start and end. The duration takes precedence if the clock changed between them. */
function spanOf({ columns, options, order, record }: Reading): Span | { fault: string } {
  const { timeZone } = options;
  const {
    'start date': startDate = '',
    'start time': startTime = '',
    'end date': endDate = '',
    'end time': endTime = '',
  } = record;
  const startedAt = readTime(startDate, startTime, order, timeZone);
  if (startedAt === undefined) return { fault: `begins at “${startDate} ${startTime}”, which is no time` };
  const duration = readDuration(record[columns.duration] ?? '');
  const shown = readTime(endDate, endTime, order, timeZone);
  if (duration === undefined && shown === undefined) return { fault: 'has neither an end nor a duration' };
  if (duration === undefined) return { startedAt, stoppedAt: shown ?? startedAt, notes: [] };
  const stoppedAt = new Date(startedAt.getTime() + duration);
  const differs = shown !== undefined && Math.abs(shown.getTime() - stoppedAt.getTime()) > ROUNDED_MS;
  const notes = differs
    ? [`ends at ${endDate} ${endTime}, but lasts ${record[columns.duration]}: it lasts so long`]
    : [];
  return { startedAt, stoppedAt, notes };
}

function timeRow(
  { record, where, occurrences, columns: { source } }: Reading,
  { notes, ...row }: Span & { person: string; task: string },
): TimeRow {
  const { billable = '', description = '', tags = '' } = record;
  const note = [description.trim(), tags.trim() === '' ? '' : `(${tags.trim()})`]
    .filter((part) => part !== '')
    .join(' ');
  const { person, startedAt, stoppedAt, task } = row;
  return {
    kind: 'time',
    key: occurrences.keyOf(source, person, task, startedAt.getTime(), stoppedAt.getTime(), note),
    where,
    ...row,
    note,
    billable: !/^(no|false|0|nein|non)$/i.test(billable.trim()),
    notes,
  };
}
