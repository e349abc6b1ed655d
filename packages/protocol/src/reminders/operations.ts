import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, version } from '../core/primitives.ts';
import {
  beforeDue,
  localTime,
  reminder,
  reminderMessage,
  reminderRule,
  reminderStatus,
  reminderType,
} from './reminder.ts';

const future = instant.meta({ description: 'In the future, within 5 years' });

/** The time of a reminder: exactly one of these. */
const times = {
  scheduledAt: future.optional(),
  localTime: localTime.optional(),
  before: beforeDue.optional().meta({ description: 'Only with `taskId`: moves with the due date of the task' }),
};

const one = z.strictObject({ reminderId: id });

/** Reminders about tasks or messages, or with their own text. */
export const reminders = operationGroup('reminders', {
  create: operation({
    summary: 'Create a reminder',
    description: [
      'Exactly one of `scheduledAt`, `localTime` and `before` sets its time.',
      'It is about a task or a message, or has only a text.',
      'With `userId` it reminds a user whom you can see; with `conversationId` it is posted there in your name.',
      'A day without a time counts as due at 09:00 in your time zone.',
    ].join(' '),
    method: 'POST',
    path: '/reminders',
    access: 'user',
    limit: 'user',
    example: { message: 'Call Charles', scheduledAt: '2030-01-01T09:00:00.000Z' },
    input: z.strictObject({
      taskId: id.optional(),
      messageId: id.optional(),
      userId: id.optional(),
      conversationId: id.optional(),
      message: reminderMessage.default('').meta({ description: 'Required unless it is about a task or a message' }),
      type: reminderType.default('both'),
      ...times,
      recurrence: reminderRule.optional(),
    }),
    output: reminder,
    status: 201,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  list: operation({
    summary: 'List your reminders',
    description: 'Reminders for you, and those you created. Open ones by time, others most recent first.',
    method: 'GET',
    path: '/reminders',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ status: reminderStatus.default('open'), limit, cursor: cursor.optional() }),
    output: page(reminder),
  }),
  ofTask: operation({
    summary: 'List your reminders about a task',
    description: 'Newest first.',
    method: 'GET',
    path: '/tasks/:taskId/reminders',
    access: 'task:reader',
    limit: 'user',
    input: z.strictObject({ taskId: id, limit, cursor: cursor.optional() }),
    output: page(reminder),
  }),
  get: operation({
    summary: 'Get a reminder',
    method: 'GET',
    path: '/reminders/:reminderId',
    access: 'reminder:party',
    limit: 'user',
    input: one,
    output: reminder,
  }),
  update: operation({
    summary: 'Update a reminder',
    description: 'Fields that are not given keep their value. A new time ends a snooze.',
    method: 'PATCH',
    path: '/reminders/:reminderId',
    access: 'reminder:party',
    limit: 'user',
    example: { message: 'Write to Charles' },
    input: one.extend({
      message: reminderMessage.optional(),
      type: reminderType.optional(),
      ...times,
      recurrence: reminderRule.nullable().optional().meta({ description: 'null: it does not recur' }),
      version: version.optional(),
    }),
    output: reminder,
    errors: ['version_conflict', 'conflict', 'not_found'],
  }),
  snooze: operation({
    summary: 'Snooze a reminder',
    description: 'It is sent at another time; a recurring one is sent additionally, and continues as before.',
    method: 'POST',
    path: '/reminders/:reminderId/snooze',
    access: 'reminder:recipient',
    limit: 'user',
    input: one.extend({ until: future }),
    output: reminder,
    errors: ['conflict'],
  }),
  complete: operation({
    summary: 'Complete a reminder',
    description: 'It is not sent again; a recurring one ends.',
    method: 'POST',
    path: '/reminders/:reminderId/complete',
    access: 'reminder:recipient',
    limit: 'user',
    input: one,
    output: reminder,
  }),
  delete: operation({
    summary: 'Delete a reminder',
    method: 'DELETE',
    path: '/reminders/:reminderId',
    access: 'reminder:party',
    limit: 'user',
    input: one,
    output: nothing,
  }),
});
