import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, fullList, id, instant, limit, nothing, page, text, version } from '../core/primitives.ts';
import { timezone, user } from '../identity/user.ts';
import { taskSizes } from './limits.ts';
import {
  dueAt,
  dueOn,
  recurrence,
  taskActivity,
  taskCategory,
  taskDescription,
  taskLink,
  taskPriority,
  taskState,
  taskStatus,
  taskTitle,
  taskVisibility,
} from './task.ts';

const taskInput = z.strictObject({ taskId: id });
const people = z.array(user).meta({ description: 'Those of the people named here whom the caller sees' });

/** A task with everyone whom it names. */
export const taskAnswer = taskState.extend({ people });

const optional = {
  description: taskDescription.optional(),
  category: taskCategory.nullable().optional(),
  link: taskLink.nullable().optional(),
  dueAt: dueAt.nullable().optional(),
  dueOn: dueOn.nullable().optional(),
  priority: taskPriority.optional(),
  status: taskStatus.optional(),
  visibility: taskVisibility.optional(),
  parentId: id.nullable().optional(),
  recurrence: recurrence.nullable().optional(),
  labelIds: z.array(id).max(taskSizes.taskLabels).optional(),
};

const neighbour = id.nullable().optional();

export const taskSort = z.enum(['due', 'created', 'priority', 'title', 'manual']);
export type TaskSort = z.infer<typeof taskSort>;

/** What a bulk operation does with each task. */
export const bulkAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('complete') }),
  z.strictObject({ type: z.literal('move'), status: taskStatus, afterId: neighbour }),
  z.strictObject({ type: z.literal('assign'), userId: id }),
  z.strictObject({ type: z.literal('delete') }),
]);
export type BulkAction = z.infer<typeof bulkAction>;

/** A task as it is shown in a message that names it. */
export const taskCard = z.object({
  taskId: id,
  title: z.string(),
  status: taskStatus,
  dueAt: instant.nullable(),
  dueOn: z.string().nullable(),
  runningCount: z.int(),
  totalMs: z.int().meta({ description: 'At the moment of the answer' }),
});
export type TaskCard = z.infer<typeof taskCard>;

export const tasks = operationGroup('tasks', {
  create: operation({
    summary: 'Create a task',
    description: 'In my personal workspace unless another one is named. I become a member of it.',
    method: 'POST',
    path: '/tasks',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id.optional(),
      title: taskTitle,
      ...optional,
      memberIds: z.array(id).max(taskSizes.taskMembers).default([]),
    }),
    output: taskAnswer,
    status: 201,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  list: operation({
    summary: 'Tasks that I created or am a member of',
    description: [
      'With `scope: visible`, all tasks that I see.',
      'Days without a time count as due on that day in `timeZone`, and sort at its end.',
    ].join(' '),
    method: 'GET',
    path: '/tasks',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      scope: z.enum(['mine', 'visible', 'trash']).default('mine'),
      workspaceId: id.optional(),
      status: taskStatus.optional(),
      priority: taskPriority.optional(),
      category: taskCategory.optional(),
      labelId: id.optional(),
      memberId: id.optional(),
      parentId: id.optional(),
      dueFrom: instant.optional(),
      dueTo: instant.optional().meta({ description: 'Up to here, this instant not included' }),
      overdue: z.stringbool().or(z.boolean()).optional(),
      q: text(1, 200).optional().meta({ description: 'Part of the title or the description' }),
      timeZone: timezone.optional().meta({ description: "The caller's own unless given" }),
      sort: taskSort
        .default('due')
        .meta({ description: 'due: without a due date last; created, priority: the latest and the highest first' }),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(taskState).extend({ people }),
    errors: ['not_found'],
  }),
  get: operation({
    summary: 'One task',
    method: 'GET',
    path: '/tasks/:taskId',
    access: 'task:reader',
    limit: 'user',
    input: taskInput,
    output: taskAnswer,
  }),
  update: operation({
    summary: 'Change a task',
    description: [
      'Only the fields that are given are written, so changes of different fields never undo each other.',
      'With `version`, the whole change is refused when anyone has changed the task since.',
      '`comment` is added in the same transaction.',
    ].join(' '),
    method: 'PATCH',
    path: '/tasks/:taskId',
    access: 'task:editor',
    limit: 'user',
    input: taskInput.extend({
      title: taskTitle.optional(),
      ...optional,
      comment: text(1, taskSizes.taskComment).optional(),
      version: version.optional(),
    }),
    output: taskAnswer,
    errors: ['version_conflict', 'conflict', 'forbidden'],
  }),
  move: operation({
    summary: 'Put a task at a place of the board',
    description:
      'Behind `afterId`, or before `beforeId`; `afterId: null` is the top of the column, neither is its end.',
    method: 'POST',
    path: '/tasks/:taskId/move',
    access: 'task:editor',
    limit: 'user',
    input: taskInput.extend({ status: taskStatus.optional(), afterId: neighbour, beforeId: neighbour }),
    output: taskAnswer,
    errors: ['conflict'],
  }),
  delete: operation({
    summary: 'Put a task and its sub-tasks in the trash',
    description: `It can be restored for ${taskSizes.trashDays} days.`,
    method: 'DELETE',
    path: '/tasks/:taskId',
    access: 'task:manager',
    limit: 'user',
    input: taskInput,
    output: nothing,
  }),
  restore: operation({
    summary: 'Take a task out of the trash',
    method: 'POST',
    path: '/tasks/:taskId/restore',
    access: 'task:restorer',
    limit: 'user',
    input: taskInput,
    output: taskAnswer,
    errors: ['conflict'],
  }),
  addMember: operation({
    summary: 'Assign a task to someone of the workspace',
    method: 'POST',
    path: '/tasks/:taskId/members',
    access: 'task:editor',
    limit: 'user',
    input: taskInput.extend({ userId: id }),
    output: taskAnswer,
    status: 201,
    errors: ['already_member', 'conflict'],
  }),
  removeMember: operation({
    summary: 'Take a member off a task, or leave it',
    method: 'DELETE',
    path: '/tasks/:taskId/members/:userId',
    access: 'task:reader',
    limit: 'user',
    input: taskInput.extend({ userId: id }),
    output: nothing,
    errors: ['forbidden', 'conflict'],
  }),
  activity: operation({
    summary: 'Who changed what of a task',
    description: 'The latest first.',
    method: 'GET',
    path: '/tasks/:taskId/activity',
    access: 'task:reader',
    limit: 'user',
    input: taskInput.extend({ limit, cursor: cursor.optional() }),
    output: page(taskActivity).extend({ people }),
  }),
  fromMessage: operation({
    summary: 'Make a task from a message',
    description: 'Its title is the beginning of the message unless one is given; task and message name each other.',
    method: 'POST',
    path: '/messages/:messageId/task',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({
      messageId: id,
      title: taskTitle.optional(),
      ...optional,
      memberIds: z.array(id).max(taskSizes.taskMembers).default([]),
    }),
    output: taskAnswer,
    status: 201,
    errors: ['forbidden', 'conflict'],
  }),
  ofMessages: operation({
    summary: 'Cards of the tasks that messages name or became',
    description: 'Only of tasks that I see.',
    method: 'POST',
    path: '/conversations/:conversationId/task-cards',
    access: 'conversation:reader',
    limit: 'user',
    readOnly: true,
    input: z.strictObject({ conversationId: id, messageIds: z.array(id).min(1).max(taskSizes.taskCards) }),
    output: fullList(z.object({ messageId: id, card: taskCard })),
  }),
  bulk: operation({
    summary: 'Complete, move, assign or delete several tasks',
    description: 'Each task gets its own answer: one that is refused does not stop the others.',
    method: 'POST',
    path: '/tasks/bulk',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      taskIds: z
        .array(id)
        .min(1)
        .max(taskSizes.bulk)
        .refine((ids) => new Set(ids).size === ids.length, { error: 'names a task twice' }),
      action: bulkAction,
    }),
    output: fullList(
      z.object({
        taskId: id,
        ok: z.boolean(),
        code: z.string().nullable().meta({ description: 'The problem code of a refusal' }),
        detail: z.string().nullable(),
      }),
    ),
  }),
});

export type TaskAnswer = z.infer<typeof taskAnswer>;
