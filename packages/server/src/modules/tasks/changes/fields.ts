import type { InputFault, InputOf, tasks } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import { type Due, nextDue, startOf } from '../recurrence/occurrence.ts';
import { ruleFault } from '../recurrence/rule.ts';
import { priorityRank } from '../rows/present.ts';
import { foldedText, gramsOf } from '../rows/search-text.ts';
import type { TaskRow } from '../rows/tables.ts';

/** The fields of a task that people can write. */
type Written = Omit<InputOf<typeof tasks.create>, 'workspaceId' | 'memberIds' | 'labelIds'>;
export type TaskFields = { [Name in keyof Written]?: Written[Name] | undefined };

/** Columns of a task that are derived from its fields. */
export type TaskColumns = Pick<
  TaskRow,
  | 'title'
  | 'description'
  | 'status'
  | 'priority'
  | 'category'
  | 'link'
  | 'due_at'
  | 'due_on'
  | 'visibility'
  | 'parent_id'
  | 'recurrence_rule'
  | 'recurrence_from'
  | 'recurrence_zone'
  | 'recurrence_start'
  | 'completed_at'
  | 'completed_by'
>;

/** A task with no fields set. */
export const blank: TaskColumns = {
  title: '',
  description: '',
  status: 'todo',
  priority: priorityRank('medium'),
  category: null,
  link: null,
  due_at: null,
  due_on: null,
  visibility: 'workspace',
  parent_id: null,
  recurrence_rule: null,
  recurrence_from: null,
  recurrence_zone: null,
  recurrence_start: null,
  completed_at: null,
  completed_by: null,
};

function refuse(path: string, code: string, message: string): never {
  const errors: InputFault[] = [{ path, code, message }];
  throw problem('invalid_input', { errors });
}

/** The due date after a change: a day and an instant replace each other. */
function dueAfter(before: Due, { dueAt, dueOn }: TaskFields): Due {
  if (dueAt && dueOn) refuse('dueOn', 'unexpected', 'a task is due at an instant or on a day, not both');
  if (dueAt) return { at: new Date(dueAt), on: null };
  if (dueOn) return { at: null, on: dueOn };
  return { at: dueAt === null ? null : before.at, on: dueOn === null ? null : before.on };
}

const sameDue = (one: Due, other: Due) => one.on === other.on && one.at?.getTime() === other.at?.getTime();

type RecurrenceColumns = Pick<
  TaskColumns,
  'recurrence_rule' | 'recurrence_from' | 'recurrence_zone' | 'recurrence_start'
>;

/** The recurrence after a change. Its rule counts from the due date at the time when either was last changed. */
function recurrenceAfter(
  before: TaskColumns,
  due: Due,
  wanted: TaskFields['recurrence'],
  { zone, occurrence, now }: Setting,
): RecurrenceColumns {
  const none = { recurrence_rule: null, recurrence_from: null, recurrence_zone: null, recurrence_start: null };
  const kept = before.recurrence_rule !== null && before.recurrence_from !== null && before.recurrence_zone !== null;
  if (wanted === null || (wanted === undefined && !kept)) return none;
  const rule = wanted?.rule ?? before.recurrence_rule ?? '';
  const from = wanted === undefined ? (before.recurrence_from ?? 'due') : (wanted.from ?? 'due');
  const recurrenceZone = wanted?.timeZone ?? before.recurrence_zone ?? zone;
  const fault = ruleFault(rule);
  if (fault !== undefined) refuse('recurrence.rule', 'invalid_rule', fault);
  const start = startOf(due, recurrenceZone);
  if (start === undefined) refuse('recurrence', 'needs_due', 'a task that comes back has a due date');
  const isSameRule =
    rule === before.recurrence_rule && from === before.recurrence_from && recurrenceZone === before.recurrence_zone;
  const unchanged = isSameRule && sameDue(due, { at: before.due_at, on: before.due_on });
  if (!unchanged && !nextDue({ rule, from, zone: recurrenceZone, start, occurrence }, due, due.at ?? now)) {
    refuse('recurrence.rule', 'never_occurs', 'never comes after the due date');
  }
  return {
    recurrence_rule: rule,
    recurrence_from: from,
    recurrence_zone: recurrenceZone,
    recurrence_start: unchanged ? before.recurrence_start : start,
  };
}

/** What a change depends on besides the task and the input. */
export interface Setting {
  userId: string;
  /** The caller's time zone. */
  zone: string;
  now: Date;
  /** The number of the task's occurrence in its series. */
  occurrence: number;
}

/**
 * The columns of a task after a change of fields. Fields that are not given stay as they are.
 * @throws `invalid_input` for fields that contradict each other
 */
export function columnsAfter(before: TaskColumns, fields: TaskFields, setting: Setting): TaskColumns {
  const { userId, now } = setting;
  const due = dueAfter({ at: before.due_at, on: before.due_on }, fields);
  const status = fields.status ?? before.status;
  const isDone = status === 'completed';
  const wasDone = before.status === 'completed';
  return {
    title: fields.title ?? before.title,
    description: fields.description ?? before.description,
    status,
    priority: fields.priority === undefined ? before.priority : priorityRank(fields.priority),
    category: fields.category === undefined ? before.category : fields.category,
    link: fields.link === undefined ? before.link : fields.link,
    due_at: due.at,
    due_on: due.on,
    visibility: fields.visibility ?? before.visibility,
    parent_id: fields.parentId === undefined ? before.parent_id : fields.parentId,
    ...recurrenceAfter(before, due, fields.recurrence, setting),
    completed_at: isDone ? (wasDone ? before.completed_at : now) : null,
    completed_by: isDone ? (wasDone ? before.completed_by : userId) : null,
  };
}

/** The columns by which searches find a task. */
export function searchColumns({ title, description }: Pick<TaskRow, 'title' | 'description'>) {
  const searchText = foldedText(title, description);
  return { search_text: searchText, grams: gramsOf(searchText) };
}
