import { isStorableText, type TaskSort } from '@atrium/protocol';
import { validate } from 'uuid';
import { decodeCursor, encodeCursor, invalidCursor, isCursorInstant } from '../../../platform/module/index.ts';
import { dueKey } from '../rows/due-day.ts';
import type { FullTask } from '../rows/tables.ts';

/** The last item of a page: the value that the list is sorted by, and the task. */
export interface ListPosition {
  key: string;
  id: string;
}

/** The sort key of each order, and the values that are valid in its cursor. */
const KEYS: Readonly<Record<TaskSort, { of: (row: FullTask) => string; fits: (key: string) => boolean }>> = {
  due: { of: dueKey, fits: (key) => key === 'infinity' || isCursorInstant(key) },
  created: { of: () => '', fits: (key) => key === '' },
  priority: { of: ({ priority }) => String(priority), fits: (key) => /^[1-3]$/.test(key) },
  // Only the database knows the collation of titles: it looks up the title of that task.
  title: { of: ({ title }) => title, fits: (key) => key.length <= 400 && isStorableText(key) },
  completed: { of: ({ completed_at }) => completed_at?.toISOString() ?? '', fits: isCursorInstant },
  manual: { of: ({ rank }) => rank, fits: (key) => /^[0-9A-Za-z]{1,500}$/.test(key) },
};

/** The cursor of the page after a task; no sort key is longer than a cursor allows. */
export function cursorAfter(sort: TaskSort, last: FullTask): string {
  return encodeCursor([sort, KEYS[sort].of(last), last.id]);
}

/** Reads a cursor. Throws `invalid_input` for one of another list or order. */
export function positionAfter(cursor: string | undefined, sort: TaskSort): ListPosition | undefined {
  if (cursor === undefined) return undefined;
  const [of, key, id] = decodeCursor(cursor, ['string', 'string', 'string']);
  if (of === sort && validate(id) && KEYS[sort].fits(key)) return { key, id };
  throw invalidCursor();
}
