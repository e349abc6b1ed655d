import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import {
  convertIcsRecurrenceRule,
  convertIcsTimezone,
  generateIcsCalendar,
  type IcsDateObject,
  type IcsEvent,
  type IcsTimezone,
  type IcsTodo,
} from 'ts-ics';
import type { Due } from '../tasks/index.ts';
import { type Saying, sayingsOf } from './coming.ts';
import type { CalendarRecurrence } from './rule.ts';

/** A task with a due date, as needed for a calendar. */
export interface DueTask {
  id: string;
  title: string;
  description: string;
  category: string | null;
  link: string | null;
  priority: 'low' | 'medium' | 'high';
  status: 'todo' | 'in-progress' | 'completed';
  /** An instant; null: it is due on a day. */
  dueAt: Date | null;
  /** YYYY-MM-DD; null: it is due at an instant. */
  dueOn: string | null;
  /** The recurrence from its due date; null: none, or from its completion. */
  recurrence: CalendarRecurrence | null;
  completedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** The duration that calendar programs show for a task due at an instant. */
const EVENT_MINUTES = 15;
/** RFC 5545 §3.8.1.9: 1 is the highest. */
const PRIORITIES = { high: '1', medium: '5', low: '9' } as const;

/** Removes control characters that RFC 5545 §3.1 cannot represent. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const plain = (text: string) => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '');

const utc = (date: Date): IcsDateObject => ({ date });

/** The time zones of recurring tasks, since a rule in UTC would shift with each clock change. */
function zonesOf(tasks: readonly DueTask[]): Map<string, IcsTimezone> {
  const names = new Set(tasks.flatMap(({ dueAt, recurrence }) => (dueAt && recurrence ? [recurrence.timeZone] : [])));
  const zones = new Map<string, IcsTimezone>();
  for (const name of names) {
    const [block] = tzlib_get_ical_block(name);
    if (block !== undefined && block !== '') zones.set(name, convertIcsTimezone(undefined, block));
  }
  return zones;
}

/** An instant as local time of a zone. */
function local(date: Date, timezone: string): IcsDateObject {
  const zoned = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timezone);
  const wall = new Date(zoned.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds);
  return { date, type: 'DATE-TIME', local: { date: wall, timezone, tzoffset: zoned.offset.replace(':', '') } };
}

/** A due date of a task in the calendar's format. */
function dueOf({ recurrence }: DueTask, { at, on }: Due, zones: ReadonlyMap<string, IcsTimezone>): IcsDateObject {
  if (at === null) return { date: new Date(`${on}T00:00:00Z`), type: 'DATE' };
  return recurrence && zones.has(recurrence.timeZone) ? local(at, recurrence.timeZone) : utc(at);
}

const ownDue = ({ dueAt, dueOn }: DueTask): Due => ({ at: dueAt, on: dueOn });

function shared(task: DueTask) {
  return {
    summary: plain(task.title),
    stamp: utc(task.updatedAt),
    created: utc(task.createdAt),
    lastModified: utc(task.updatedAt),
    sequence: task.version - 1,
    priority: PRIORITIES[task.priority],
    ...(task.description !== '' && { description: plain(task.description) }),
    // The library does not escape categories.
    ...(task.category !== null && { categories: [plain(task.category).replace(/[,;\\\n]/g, ' ')] }),
    ...(task.link !== null && { url: task.link }),
  };
}

function todoOf(task: DueTask, due: IcsDateObject): IcsTodo {
  return {
    ...shared(task),
    uid: `task-${task.id}@atrium`,
    due,
    // The library has no IN-PROCESS.
    status: task.completedAt === null ? 'NEEDS-ACTION' : 'COMPLETED',
    ...(task.completedAt !== null && { completed: utc(task.completedAt) }),
  };
}

function eventOf(task: DueTask, uid: string, start: IcsDateObject): IcsEvent {
  return {
    ...shared(task),
    uid: `${uid}@atrium`,
    start,
    duration: task.dueAt === null ? { days: 1 } : { minutes: EVENT_MINUTES },
    timeTransparent: 'TRANSPARENT',
  };
}

/** The event of a task. It recurs by a rule, or is followed by an event for each further date. */
function eventsOf(task: DueTask, saying: Saying | undefined, zones: ReadonlyMap<string, IcsTimezone>): IcsEvent[] {
  const event = eventOf(task, `due-${task.id}`, dueOf(task, ownDue(task), zones));
  if (saying === undefined) return [event];
  if ('rule' in saying) {
    return [{ ...event, recurrenceRule: convertIcsRecurrenceRule(undefined, { value: saying.rule }) }];
  }
  const following = saying.dates.map((due) => {
    const start = dueOf(task, due, zones);
    const day = (start.local?.date ?? start.date).toISOString().slice(0, 10);
    return eventOf(task, `due-${task.id}-${day}`, start);
  });
  return [event, ...following];
}

const LINE_OCTETS = 75;

/** Folds lines by octets (RFC 5545 §3.1), without splitting a character; the library counts characters. */
function folded(text: string): string {
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  return lines.map(foldLine).join('\r\n');
}

function foldLine(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  let octets = 0;
  let result = '';
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (octets + length > LINE_OCTETS) {
      result += '\r\n ';
      octets = 1;
    }
    result += character;
    octets += length;
  }
  return result;
}

/**
 * Creates an iCalendar document (RFC 5545): each task is a to-do for programs that support those, and while open also
 * an event for all others. The same tasks produce the same text.
 */
export async function calendarOf(tasks: readonly DueTask[]): Promise<string> {
  const zones = zonesOf(tasks);
  const open = tasks.filter(({ completedAt }) => completedAt === null);
  const sayings = await sayingsOf(open);
  const calendar = generateIcsCalendar({
    version: '2.0',
    prodId: '-//Atrium//Calendar feed//EN',
    name: 'Atrium',
    timezones: [...zones.values()],
    todos: tasks.map((task) => todoOf(task, dueOf(task, ownDue(task), zones))),
    events: open.flatMap((task) => eventsOf(task, sayings.get(task.id), zones)),
  });
  return folded(calendar);
}
