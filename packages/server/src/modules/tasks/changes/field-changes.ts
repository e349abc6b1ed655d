import type { FieldChange } from '../rows/activity-store.ts';
import { priorityOf } from '../rows/present.ts';
import type { TaskColumns } from './fields.ts';

type Reading = (columns: TaskColumns) => unknown;

/** The fields in the history of a task, as the contract names them. */
const FIELDS: Readonly<Record<string, Reading>> = {
  title: ({ title }) => title,
  description: ({ description }) => description,
  status: ({ status }) => status,
  priority: ({ priority }) => priorityOf(priority),
  category: ({ category }) => category,
  link: ({ link }) => link,
  dueAt: ({ due_at }) => due_at?.toISOString() ?? null,
  dueOn: ({ due_on }) => due_on,
  visibility: ({ visibility }) => visibility,
  parentId: ({ parent_id }) => parent_id,
  recurrence: ({ recurrence_rule: rule, recurrence_from: from, recurrence_zone: timeZone }) =>
    rule === null ? null : { rule, from, timeZone },
};

/** The fields that differ, with their old and new values. */
export function fieldChanges(before: TaskColumns, after: TaskColumns): FieldChange[] {
  return Object.entries(FIELDS).flatMap(([field, read]) => {
    const [old, now] = [read(before), read(after)];
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ field, before: old, after: now }];
  });
}

/** Only the columns of a row that store fields. */
export function columnsOf(row: TaskColumns): TaskColumns {
  return {
    title: row.title,
    description: row.description,
    status: row.status,
    priority: row.priority,
    category: row.category,
    link: row.link,
    due_at: row.due_at,
    due_on: row.due_on,
    visibility: row.visibility,
    parent_id: row.parent_id,
    recurrence_rule: row.recurrence_rule,
    recurrence_from: row.recurrence_from,
    recurrence_zone: row.recurrence_zone,
    recurrence_start: row.recurrence_start,
    completed_at: row.completed_at,
    completed_by: row.completed_by,
  };
}
