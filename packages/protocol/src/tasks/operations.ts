import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, fullList, id, instant, limit, nothing, page, text, version } from '../core/primitives.ts';
import { timezone, user } from '../identity/user.ts';
import { commentContent } from './comments.ts';
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
const people = z.array(user).meta({ description: 'Profiles of the people on this page whom you can see' });

/** A task with the people it refers to. */
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

export const taskSort = z.enum(['due', 'created', 'priority', 'title', 'manual', 'completed']);
export type TaskSort = z.infer<typeof taskSort>;

/** The action of a bulk operation. */
export const bulkAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('complete') }),
  z.strictObject({ type: z.literal('move'), status: taskStatus, afterId: neighbour }),
  z.strictObject({ type: z.literal('assign'), userId: id }),
  z.strictObject({ type: z.literal('delete') }),
]);
export type BulkAction = z.infer<typeof bulkAction>;

/** A task as shown in a message that links to it. */
export const taskCard = z.object({
  taskId: id,
  title: z.string(),
  status: taskStatus,
  dueAt: instant.nullable(),
  dueOn: z.string().nullable(),
  runningCount: z.int(),
  totalMs: z.int().meta({ description: 'At the time of the response' }),
});
export type TaskCard = z.infer<typeof taskCard>;

export const tasks = operationGroup('tasks', {
  create: operation({
    summary: 'Create a task',
    description: 'Created in your personal workspace unless another one is given. You become a member of the task.',
    method: 'POST',
    path: '/tasks',
    access: 'user',
    limit: 'user',
    example: { workspaceId: '00000000-0000-7000-8000-000000000000', dueOn: '2030-01-01', priority: 'high' },
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
    summary: 'List your tasks',
    description: [
      'With `scope: visible`, all tasks that you can see.',
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
      dueTo: instant.optional().meta({ description: 'Exclusive' }),
      overdue: z.stringbool().or(z.boolean()).optional(),
      q: text(1, 200).optional().meta({ description: 'Only tasks with this text in their title or description' }),
      timeZone: timezone.optional().meta({ description: 'Defaults to your time zone' }),
      sort: taskSort.default('due').meta({
        description: [
          'due: tasks without a due date come last; created: newest first; priority: highest first;',
          'completed: only completed tasks, the latest first',
        ].join(' '),
      }),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(taskState).extend({ people }),
    errors: ['not_found'],
  }),
  get: operation({
    summary: 'Get a task',
    method: 'GET',
    path: '/tasks/:taskId',
    access: 'task:reader',
    limit: 'user',
    input: taskInput,
    output: taskAnswer,
  }),
  update: operation({
    summary: 'Update a task',
    description: [
      'Only the given fields are changed, so changes of different fields never overwrite each other.',
      'With `version`, the whole change is refused if the task has changed since.',
      '`comment` is added in the same transaction.',
    ].join(' '),
    method: 'PATCH',
    path: '/tasks/:taskId',
    access: 'task:editor',
    limit: 'user',
    example: { title: 'Write the second program' },
    input: taskInput.extend({
      title: taskTitle.optional(),
      ...optional,
      comment: commentContent.optional(),
      version: version.optional(),
    }),
    output: taskAnswer,
    errors: ['version_conflict', 'conflict', 'forbidden'],
  }),
  move: operation({
    summary: 'Move a task on the board',
    description:
      'After `afterId`, or before `beforeId`. `afterId: null` moves it to the top of the column; without either it moves to the end.',
    method: 'POST',
    path: '/tasks/:taskId/move',
    access: 'task:editor',
    limit: 'user',
    example: { status: 'in-progress' },
    input: taskInput.extend({ status: taskStatus.optional(), afterId: neighbour, beforeId: neighbour }),
    output: taskAnswer,
    errors: ['conflict'],
  }),
  delete: operation({
    summary: 'Move a task and its subtasks to the trash',
    description: `It can be restored for ${taskSizes.trashDays} days.`,
    method: 'DELETE',
    path: '/tasks/:taskId',
    access: 'task:manager',
    limit: 'user',
    input: taskInput,
    output: nothing,
  }),
  restore: operation({
    summary: 'Restore a task from the trash',
    method: 'POST',
    path: '/tasks/:taskId/restore',
    access: 'task:restorer',
    limit: 'user',
    input: taskInput,
    output: taskAnswer,
    errors: ['conflict'],
  }),
  addMember: operation({
    summary: 'Assign a task to a member of the workspace',
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
    summary: 'Remove a member from a task, or leave a task',
    method: 'DELETE',
    path: '/tasks/:taskId/members/:userId',
    access: 'task:reader',
    limit: 'user',
    input: taskInput.extend({ userId: id }),
    output: nothing,
    errors: ['forbidden', 'conflict'],
  }),
  activity: operation({
    summary: 'List the changes of a task',
    description: 'Most recent first.',
    method: 'GET',
    path: '/tasks/:taskId/activity',
    access: 'task:reader',
    limit: 'user',
    input: taskInput.extend({ limit, cursor: cursor.optional() }),
    output: page(taskActivity).extend({ people }),
  }),
  fromMessage: operation({
    summary: 'Create a task from a message',
    description: 'The title defaults to the beginning of the message. The task and the message refer to each other.',
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
    summary: 'Get cards of the tasks that messages link to',
    description: 'Tasks that you cannot see are omitted.',
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
    description: 'Each task has its own result: a refused one does not affect the others.',
    method: 'POST',
    path: '/tasks/bulk',
    access: 'user',
    limit: 'user',
    destructive: true,
    example: { action: { type: 'move', status: 'todo' } },
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
        code: z.string().nullable().meta({ description: 'The problem code if the task was refused' }),
        detail: z.string().nullable(),
      }),
    ),
  }),
});

export type TaskAnswer = z.infer<typeof taskAnswer>;
