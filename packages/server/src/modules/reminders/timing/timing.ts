import { type InputFault, sizes } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';
import { problem } from '../../../platform/module/index.ts';
import { nextWallTime, ruleFault } from '../../tasks/index.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { beforeDueDate, resolveLocal, wallTime } from './wall-time.ts';

/** The columns with the time of a reminder. */
export type TimingColumns = Pick<
  ReminderRow,
  'scheduled_at' | 'local_time' | 'zone' | 'adjusted' | 'before' | 'recurrence_rule' | 'recurrence_start' | 'occurrence'
>;

/** The time fields of the input. */
export interface WantedTime {
  scheduledAt?: string | undefined;
  localTime?: string | undefined;
  before?: string | undefined;
  recurrence?: string | null | undefined;
}

/** The due date of the task of a reminder. */
export interface Due {
  at: Date | null;
  on: string | null;
}

/** What the times of a reminder depend on. */
export interface TimingFacts {
  /** The time zone of the creator. */
  zone: string;
  now: Date;
  /** undefined if it is not about a task. */
  due: Due | undefined;
}

export function refuse(path: string, code: string, message: string): never {
  const errors: InputFault[] = [{ path, code, message }];
  throw problem('invalid_input', { errors });
}

/** Refuses times that are in the past, or too far in the future. */
export function mustBeAhead(at: Date, now: Date, path: string): void {
  if (at <= now) refuse(path, 'past', 'is not in the future');
  const last = new Date(now);
  last.setUTCFullYear(last.getUTCFullYear() + sizes.reminderYears);
  if (at > last) refuse(path, 'too_late', `is more than ${sizes.reminderYears} years ahead`);
}

function relative(before: string, { due, now, zone }: TimingFacts): TimingColumns {
  if (due === undefined) refuse('before', 'needs_task', 'needs a task, before whose due date it comes');
  const resolved = beforeDueDate(due, before, zone);
  if (resolved === undefined) refuse('before', 'needs_due', 'needs a task with a due date');
  if (resolved.at <= now) refuse('before', 'past', 'is past already');
  const none = { local_time: null, recurrence_rule: null, recurrence_start: null, occurrence: 1 };
  return { ...none, scheduled_at: resolved.at, adjusted: resolved.adjusted, before, zone };
}

/** The rule of a recurring reminder. Refuses invalid ones, and those that never occur. */
function recurring(rule: string, start: Temporal.PlainDateTime, zone: string) {
  const fault = ruleFault(rule);
  if (fault !== undefined) refuse('recurrence', 'invalid_rule', fault);
  const recurrence_start = start.toString();
  if (nextWallTime({ rule, zone, start: recurrence_start }, start) === undefined) {
    refuse('recurrence', 'never_occurs', 'never comes after the first time');
  }
  return { recurrence_rule: rule, recurrence_start };
}

/**
 * The columns for the given input.
 * @throws `invalid_input` unless exactly one kind of time is given, and it is in the future
 */
export function timingOf(wanted: WantedTime, facts: TimingFacts): TimingColumns {
  const { before, localTime, recurrence, scheduledAt } = wanted;
  const { now, zone } = facts;
  if ([scheduledAt, localTime, before].filter((each) => each !== undefined).length !== 1) {
    refuse('scheduledAt', 'one_time', 'exactly one of scheduledAt, localTime and before says when it comes');
  }
  if (before !== undefined) {
    if (recurrence) refuse('recurrence', 'unexpected', 'a reminder before a due date comes back with its task');
    return relative(before, facts);
  }
  const local = localTime === undefined ? undefined : Temporal.PlainDateTime.from(localTime);
  const { at, adjusted } = local ? resolveLocal(local, zone) : { at: new Date(scheduledAt ?? ''), adjusted: null };
  mustBeAhead(at, now, local ? 'localTime' : 'scheduledAt');
  const tied = local ?? (recurrence ? wallTime(at, zone) : undefined);
  const none = { recurrence_rule: null, recurrence_start: null };
  return {
    scheduled_at: at,
    local_time: tied?.toString() ?? null,
    adjusted,
    before: null,
    occurrence: 1,
    zone,
    ...(recurrence && tied ? recurring(recurrence, tied, zone) : none),
  };
}

/** Whether it is still to be sent at `scheduled_at`. */
export function isPending({ scheduled_at, sent_at }: Pick<ReminderRow, 'scheduled_at' | 'sent_at'>): boolean {
  return scheduled_at !== null && (sent_at === null || sent_at < scheduled_at);
}

/**
 * The next occurrence of a recurring reminder: the first after its current one that is in the future. Missed ones are
 * skipped. undefined: the series has ended.
 */
export function nextOccurrence(row: ReminderRow, now: Date): Partial<TimingColumns> | undefined {
  const { local_time, occurrence, recurrence_rule: rule, recurrence_start: start, zone } = row;
  if (rule === null || start === null || local_time === null) return undefined;
  const current = Temporal.PlainDateTime.from(local_time);
  const here = wallTime(now, zone);
  const behind = Temporal.PlainDateTime.compare(here, current) > 0 ? here : current;
  for (let after = behind; ; ) {
    const next = nextWallTime({ rule, zone, start }, after);
    if (next === undefined) return undefined;
    const { at, adjusted } = resolveLocal(next, zone);
    // During a repeated hour, the first occurrence has passed while local time is earlier for a second time.
    if (at > now) return { scheduled_at: at, adjusted, local_time: next.toString(), occurrence: occurrence + 1 };
    after = next;
  }
}

/** The time of the same reminder before another due date; it is not sent if that time has passed. */
export function movedWithDue(row: ReminderRow, due: Due): Pick<TimingColumns, 'scheduled_at' | 'adjusted'> {
  const resolved = row.before === null ? undefined : beforeDueDate(due, row.before, row.zone);
  return { scheduled_at: resolved?.at ?? null, adjusted: resolved?.adjusted ?? null };
}

/** The same local time in another zone; undefined if the reminder has no local time, or was sent already. */
export function movedToZone(
  row: ReminderRow,
  zone: string,
  { due, now }: { due: Due | undefined; now: Date },
): Partial<TimingColumns> | undefined {
  if (row.before !== null && due !== undefined) return { zone, ...movedWithDue({ ...row, zone }, due) };
  if (row.local_time === null) return undefined;
  if (!isPending(row)) return row.recurrence_rule === null ? undefined : { zone };
  const { at, adjusted } = resolveLocal(Temporal.PlainDateTime.from(row.local_time), zone);
  // A time that has passed in the new zone is sent now; a recurring one was already sent today in the old zone.
  if (at <= now && row.recurrence_rule !== null) return { zone, ...nextOccurrence({ ...row, zone }, now) };
  return { zone, scheduled_at: at, adjusted };
}
