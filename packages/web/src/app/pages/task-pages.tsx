import { useParams, useSearch } from '@tanstack/react-router';
import { BoardScreen, readFilters, TaskListScreen, TaskScreen } from '../../features/tasks/index.ts';

/** The tasks of a workspace. */
export function TaskListPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const filters = readFilters(search);
  return filters.view === 'board' ? (
    <BoardScreen workspaceId={workspaceId} filters={filters} />
  ) : (
    <TaskListScreen workspaceId={workspaceId} filters={filters} />
  );
}

/** One task. */
export function TaskPage() {
  const { taskId = '' } = useParams({ strict: false }) as { taskId?: string };
  return <TaskScreen key={taskId} taskId={taskId} />;
}
