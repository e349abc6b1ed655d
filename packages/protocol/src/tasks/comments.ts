import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, isVisible, limit, nothing, page, text } from '../core/primitives.ts';
import { user } from '../identity/user.ts';
import { taskSizes } from './limits.ts';
import { taskComment } from './task.ts';

/** The content of a comment. */
export const commentContent = text(1, taskSizes.taskComment).refine(isVisible, { error: 'is empty' });

/** Comments on tasks. */
export const taskComments = operationGroup('taskComments', {
  list: operation({
    summary: 'List the comments on a task',
    description: 'Oldest first.',
    method: 'GET',
    path: '/tasks/:taskId/comments',
    access: 'task:reader',
    limit: 'user',
    input: z.strictObject({ taskId: id, limit, cursor: cursor.optional() }),
    output: page(taskComment).extend({ people: z.array(user) }),
  }),
  add: operation({
    summary: 'Comment on a task',
    description: '@username mentions a member of the task.',
    method: 'POST',
    path: '/tasks/:taskId/comments',
    access: 'task:member',
    limit: 'user',
    input: z.strictObject({ taskId: id, content: commentContent }),
    output: taskComment,
    status: 201,
    errors: ['conflict'],
  }),
  update: operation({
    summary: 'Edit your comment',
    method: 'PATCH',
    path: '/tasks/:taskId/comments/:commentId',
    access: 'task:member',
    limit: 'user',
    input: z.strictObject({ taskId: id, commentId: id, content: commentContent }),
    output: taskComment,
    errors: ['forbidden'],
  }),
  delete: operation({
    summary: 'Delete a comment',
    description: 'Authors can delete their own comments; managers of the task can delete any.',
    method: 'DELETE',
    path: '/tasks/:taskId/comments/:commentId',
    access: 'task:reader',
    limit: 'user',
    input: z.strictObject({ taskId: id, commentId: id }),
    output: nothing,
    errors: ['forbidden'],
  }),
});
