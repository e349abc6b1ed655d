import { z } from 'zod';
import { id, instant, line, text, version } from '../core/primitives.ts';
import { timezone } from '../identity/user.ts';
import { taskTimer } from '../timers/timer.ts';
import { dueYears, taskSizes } from './limits.ts';

export const taskStatus = z.enum(['todo', 'in-progress', 'completed']);
export type TaskStatus = z.infer<typeof taskStatus>;

export const taskPriority = z.enum(['low', 'medium', 'high']);
export type TaskPriority = z.infer<typeof taskPriority>;

export const taskVisibility = z.enum(['workspace', 'members']).meta({
  description:
    'workspace: visible to owners, admins and members of the workspace; members: visible to its members only',
});
export type TaskVisibility = z.infer<typeof taskVisibility>;

function isDueYear(value: string): boolean {
  const year = Number(value.slice(0, 4));
  return year >= dueYears.first && year <= dueYears.last;
}
const dueYearError = { error: `the year must be between ${dueYears.first} and ${dueYears.last}` };

/** When a task is due, as an instant. */
export const dueAt = instant.refine(isDueYear, dueYearError);

/** A day without a time. */
export const dueOn = z.iso
  .date()
  .refine(isDueYear, dueYearError)
  .meta({ description: "A day without a time, YYYY-MM-DD: overdue from each viewer's next day" });

/** How a task recurs after it is completed. */
export const recurrence = z.object({
  rule: z.string().min(1).max(500).meta({ description: 'RFC 5545 RRULE without the prefix: FREQ=WEEKLY;BYDAY=MO' }),
  from: z
    .enum(['due', 'completion'])
    .default('due')
    .meta({ description: 'Whether the next occurrence follows the due date or the day of completion' }),
  timeZone: timezone.optional().meta({ description: 'IANA time zone of the rule; defaults to your time zone' }),
});
export type Recurrence = z.infer<typeof recurrence>;

/** The stored recurrence: with its time zone, and the number of the occurrence. */
export const taskRecurrence = z.object({
  rule: z.string(),
  from: z.enum(['due', 'completion']),
  timeZone: z.string(),
  occurrence: z.int().meta({ description: 'Number of the occurrence, from 1' }),
  nextTaskId: id.nullable().meta({ description: 'The next occurrence, if it was created' }),
});
export type TaskRecurrence = z.infer<typeof taskRecurrence>;

export const taskTitle = line(3, 200);
export const taskDescription = text(0, 10_000);
export const taskCategory = line(1, 50);
export const taskLink = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .meta({ description: 'http or https' });

/** A task as everyone who sees it may see it. */
export const task = z.object({
  id,
  workspaceId: id,
  parentId: id.nullable(),
  title: z.string(),
  description: z.string(),
  status: taskStatus,
  priority: taskPriority,
  category: z.string().nullable(),
  link: z.string().nullable(),
  dueAt: instant.nullable(),
  dueOn: z.string().nullable(),
  visibility: taskVisibility,
  recurrence: taskRecurrence.nullable(),
  rank: z.string().meta({ description: 'Position on the board; compare as text, by code unit' }),
  labelIds: z.array(id),
  memberIds: z.array(id).max(taskSizes.taskMembers).meta({ description: 'The assignees' }),
  ownerId: id.nullable().meta({
    description: 'The person who manages it: its creator, or the member who succeeded them; null if only admins do',
  }),
  createdBy: id,
  createdAt: instant,
  updatedAt: instant,
  completedAt: instant.nullable(),
  completedBy: id.nullable(),
  deletedAt: instant.nullable().meta({ description: 'When it was moved to the trash' }),
  version,
  commentCount: z.int(),
  subtasks: z.object({ done: z.int(), total: z.int() }),
  source: z
    .object({ conversationId: id, messageId: id })
    .nullable()
    .meta({ description: 'The message from which it was created' }),
});
export type Task = z.infer<typeof task>;

/** What the caller may do with a task. */
export const taskCan = z.object({
  update: z.boolean(),
  comment: z.boolean(),
  addMembers: z.boolean(),
  removeMembers: z.boolean(),
  join: z.boolean(),
  leave: z.boolean(),
  track: z.boolean().meta({ description: 'Start and stop your own timer' }),
  manage: z.boolean().meta({ description: 'Stop all timers and change the visibility' }),
  delete: z.boolean(),
});
export type TaskCan = z.infer<typeof taskCan>;

/** A task with what depends on the user, also in the live state of its members. */
export const taskState = task.extend({ timer: taskTimer, can: taskCan });
export type TaskState = z.infer<typeof taskState>;

/** A comment on a task. */
export const taskComment = z.object({
  id,
  taskId: id,
  authorId: id,
  content: z.string(),
  mentions: z.array(id).meta({ description: 'The mentioned members of the task' }),
  createdAt: instant,
  editedAt: instant.nullable(),
});
export type TaskComment = z.infer<typeof taskComment>;

/** A label for the tasks of a workspace. */
export const label = z.object({
  id,
  workspaceId: id,
  name: z.string(),
  color: z.string().meta({ description: '#rrggbb' }),
});
export type Label = z.infer<typeof label>;

/** One change in the history of a task. */
export const taskActivity = z.object({
  id,
  taskId: id,
  actorId: id.nullable(),
  at: instant,
  field: z
    .string()
    .meta({ description: '`created`, `deleted`, `restored`, `member`, or the name of a field of the task' }),
  from: z.unknown(),
  to: z.unknown(),
});
export type TaskActivity = z.infer<typeof taskActivity>;
