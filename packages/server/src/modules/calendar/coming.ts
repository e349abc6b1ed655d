import { setImmediate as turn } from 'node:timers/promises';
import { type Due, isOnRule, upcomingDueDates } from '../tasks/index.ts';
import { type CalendarRecurrence, calendarRule } from './rule.ts';

/** A task, as far as its dates are concerned. */
interface Recurring {
  id: string;
  dueAt: Date | null;
  dueOn: string | null;
  recurrence: CalendarRecurrence | null;
}

/** How a calendar says when a task comes back: by a rule, or by dates, its own due date not among them. */
export type Saying = { rule: string } | { dates: Due[] };

/** How far the dates of one task are written out. */
const MOST_MONTHS = 60;
const MOST_DATES = 60;
/** All tasks of a calendar together: with many, each is written out for a shorter time. */
const MONTHS_OF_ALL = 2_000;

/** RFC 5545 §3.8.5.3 leaves open what a rule means that does not name the date from which it counts. */
function ruleFor({ dueAt, dueOn, recurrence }: Recurring & { recurrence: CalendarRecurrence }): string | undefined {
  const { rule, timeZone: zone, start } = recurrence;
  const isInStep = isOnRule({ rule, zone, start }, { at: dueAt, on: dueOn });
  return isInStep ? calendarRule(recurrence, dueAt === null) : undefined;
}

/** How a calendar says when tasks come back, by id of the task; what does not come back is missing. */
export async function sayingsOf(tasks: readonly Recurring[]): Promise<Map<string, Saying>> {
  const said = new Map<string, Saying>();
  const unsaid: (Recurring & { recurrence: CalendarRecurrence })[] = [];
  for (const { recurrence, ...task } of tasks) {
    if (recurrence === null) continue;
    const rule = ruleFor({ ...task, recurrence });
    if (rule === undefined) unsaid.push({ ...task, recurrence });
    else said.set(task.id, { rule });
    // Others have their turn, here and below: some hundred rules take a while.
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
