import { useParams, useSearch } from '@tanstack/react-router';
import { readFilters, TaskListScreen, TaskScreen } from '../../features/tasks/index.ts';

/** The tasks of a workspace. */
export function TaskListPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return <TaskListScreen workspaceId={workspaceId} filters={readFilters(search)} />;
}

/** One task. */
export function TaskPage() {
  const { taskId = '' } = useParams({ strict: false }) as { taskId?: string };
  return <TaskScreen key={taskId} taskId={taskId} />;
}
