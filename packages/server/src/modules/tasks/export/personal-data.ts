import type { Executor } from '../../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../../identity/index.ts';
import { commentsBy, tasksOf } from './personal-data-store.ts';

/** Reads a list sorted by id. */
function byId<Row extends { id: string }>(
  read: (page: { after: string | undefined; limit: number }) => Promise<Row[]>,
) {
  return pagesOf(
    (after: string | undefined) => read({ after, limit: EXPORT_PAGE }),
    ({ id }) => id,
  );
}

/** The tasks and comments of a person, for an export of their data. */
export function taskParts(db: Executor, userId: string): ExportPart[] {
  return [
    {
      name: 'tasks',
      about: 'tasks that you created or are a member of',
      pages: byId((page) => tasksOf(db, userId, page)),
    },
    {
      name: 'task-comments',
      about: 'what you said about tasks',
      pages: byId((page) => commentsBy(db, userId, page)),
    },
  ];
}
