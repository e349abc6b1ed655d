import type { TaskState, TaskStatus } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useState } from 'react';
import { overlaid, usePatches } from '../../../live/overlay.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { narrowing } from '../hooks.ts';
import type { TaskFilters } from '../model.ts';
import { type Columns, columnsOf, latest } from './model.ts';

/** Maximum number of cards per column. */
const COLUMN_LIMIT = 200;

/** The board of a workspace: undefined until all columns are loaded. */
export function useBoard(workspaceId: string, filters: TaskFilters) {
  const input = {
    ...{ workspaceId, scope: filters.scope, limit: COLUMN_LIMIT, sort: 'manual' as const },
    ...narrowing(filters),
  };
  const todo = useOperation('tasks.list', { ...input, status: 'todo' });
  const begun = useOperation('tasks.list', { ...input, status: 'in-progress' });
  const done = useOperation('tasks.list', { ...input, sort: 'completed' });
  const live = useLive((state) => state.tasks);
  const patches = usePatches();
  const answers = [todo, begun, done];
  const asked = useMemo(
    () => todo.data && begun.data && done.data && [...todo.data.items, ...begun.data.items, ...done.data.items],
    [todo.data, begun.data, done.data],
  );
  // A moved card is briefly in none of the results if that of its old column arrives first.
  const isSettled = answers.every(({ isFetching }) => !isFetching);
  const [settled, setSettled] = useState<readonly TaskState[]>([]);
  useEffect(() => {
    if (isSettled && asked) setSettled(asked);
  }, [isSettled, asked]);
  const columns = useMemo((): Columns | undefined => {
    if (!asked) return undefined;
    const shown = latest(isSettled ? asked : [...settled, ...asked]);
    return columnsOf(shown.map((task) => overlaid(patches, `task:${task.id}`, newer(live[task.id], task))));
  }, [asked, isSettled, settled, live, patches]);
  return {
    columns,
    /** Columns with more tasks than are shown. */
    cut: new Set<TaskStatus>(
      (['todo', 'in-progress', 'completed'] as const).filter((_, at) => answers[at]?.data?.nextCursor),
    ),
    error: answers.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const answer of answers) void answer.refetch();
    },
  };
}

const newer = (live: TaskState | undefined, asked: TaskState): TaskState =>
  live && live.version >= asked.version ? live : asked;

/** The names of the columns. */
export function useColumnNames(): Readonly<Record<TaskStatus, string>> {
  const { t } = useLingui();
  return useMemo(() => ({ todo: t`To do`, 'in-progress': t`In progress`, completed: t`Completed` }), [t]);
}
