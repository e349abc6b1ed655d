import { setImmediate as turn } from 'node:timers/promises';
import { type Due, isOnRule, upcomingDueDates } from '../tasks/index.ts';
import { type CalendarRecurrence, calendarRule } from './rule.ts';

/** The dates of a task. */
interface Recurring {
  id: string;
  dueAt: Date | null;
  dueOn: string | null;
  recurrence: CalendarRecurrence | null;
}

/** How a calendar shows the recurrence of a task: by a rule, or by dates other than its own due date. */
export type Saying = { rule: string } | { dates: Due[] };

/** How far ahead the dates of one task are expanded. */
const MOST_MONTHS = 60;
const MOST_DATES = 60;
/** The limit for all tasks of a calendar: with many, each is expanded for a shorter period. */
const MONTHS_OF_ALL = 2_000;

/** RFC 5545 §3.8.5.3 leaves the meaning of a rule undefined if it does not match its start date. */
function ruleFor({ dueAt, dueOn, recurrence }: Recurring & { recurrence: CalendarRecurrence }): string | undefined {
  const { rule, timeZone: zone, start } = recurrence;
  const isInStep = isOnRule({ rule, zone, start }, { at: dueAt, on: dueOn });
  return isInStep ? calendarRule(recurrence, dueAt === null) : undefined;
}

/** The recurrence of tasks for a calendar, by task id; tasks that do not recur are missing. */
export async function sayingsOf(tasks: readonly Recurring[]): Promise<Map<string, Saying>> {
  const said = new Map<string, Saying>();
  const unsaid: (Recurring & { recurrence: CalendarRecurrence })[] = [];
  for (const { recurrence, ...task } of tasks) {
    if (recurrence === null) continue;
    const rule = ruleFor({ ...task, recurrence });
    if (rule === undefined) unsaid.push({ ...task, recurrence });
    else said.set(task.id, { rule });
    // Yields to other requests, here and below: hundreds of rules take a while.
    await turn();
  }
  const months = Math.max(1, Math.min(MOST_MONTHS, Math.floor(MONTHS_OF_ALL / unsaid.length)));
  for (const { id, dueAt, dueOn, recurrence } of unsaid) {
    const { rule, timeZone: zone, start, occurrence } = recurrence;
    const series = { rule, from: 'due', zone, start, occurrence } as const;
    said.set(id, { dates: upcomingDueDates(series, { at: dueAt, on: dueOn }, { months, most: MOST_DATES }) });
    await turn();
  }
  return said;
}
