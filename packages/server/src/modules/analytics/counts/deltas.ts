import type { TaskChange } from '../../tasks/index.ts';

/** By how much the number of tasks of a person in a category changes. */
export interface CountDelta {
  accountId: string;
  /** Empty: none. */
  category: string;
  open: number;
  completed: number;
}

type Task = NonNullable<TaskChange['before']>;

/** What a task adds to the counts of its members. */
function countsOf(task: Task | undefined, sign: 1 | -1): CountDelta[] {
  if (task === undefined || task.deleted_at !== null) return [];
  const isDone = task.status === 'completed';
  return task.member_ids.map((accountId) => ({
    accountId,
    category: task.category ?? '',
    open: isDone ? 0 : sign,
    completed: isDone ? sign : 0,
  }));
}

/** What changes of tasks change in the counts of people, in the order in which the counts are locked. */
export function countDeltas(changes: readonly TaskChange[]): CountDelta[] {
  const sums = new Map<string, CountDelta>();
  for (const delta of changes.flatMap(({ before, after }) => [...countsOf(before, -1), ...countsOf(after, 1)])) {
    const key = `${delta.accountId} ${delta.category}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, delta);
    else sums.set(key, { ...sum, open: sum.open + delta.open, completed: sum.completed + delta.completed });
  }
  const changed = [...sums].filter(([, { open, completed }]) => open !== 0 || completed !== 0);
  return changed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, delta]) => delta);
}
