import { createHash } from 'node:crypto';
import type { Database } from '../../platform/database/index.ts';
import { type Feed, problem } from '../../platform/module/index.ts';
import { dueTasksOf, type FullTask, priorityOf } from '../tasks/index.ts';
import { calendarOf, type DueTask } from './document.ts';
import { feedOwner } from './store.ts';

export const FEED_PATH = '/calendar/:secret.ics';
/** The maximum number of tasks in a feed, the latest due first. */
const MOST = 2_000;

/** The stored hash of a URL's secret. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function toDueTask(task: FullTask): DueTask {
  const { occurrence, recurrence_from: from, recurrence_rule: rule, recurrence_start: start } = task;
  const timeZone = task.recurrence_zone;
  return {
    id: task.id,
    title: task.title,
    description: task.description,
    category: task.category,
    link: task.link,
    priority: priorityOf(task.priority),
    status: task.status,
    dueAt: task.due_at,
    dueOn: task.due_on,
    // The next date of a task that recurs from completion is known only once it is completed.
    recurrence:
      rule !== null && timeZone !== null && start !== null && from === 'due'
        ? { rule, timeZone, occurrence, start }
        : null,
    completedAt: task.completed_at,
    createdAt: task.created_at,
    updatedAt: task.updated_at,
    version: task.version,
  };
}

/** The due dates of the tasks that someone is a member of. */
export function calendarFeed({ database }: { database: Pick<Database, 'db'> }): Feed {
  return {
    path: FEED_PATH,
    type: 'text/calendar; charset=utf-8',
    async read(secret) {
      const { db } = database;
      const userId = await feedOwner(db, secretHash(secret));
      if (userId === undefined) throw problem('not_found');
      return await calendarOf((await dueTasksOf(db, userId, MOST)).map(toDueTask));
    },
  };
}
