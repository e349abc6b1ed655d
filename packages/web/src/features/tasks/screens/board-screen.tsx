import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { PaneHead } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import styles from '../board/board.module.css';
import { Board } from '../board/board.tsx';
import { useBoard } from '../board/hooks.ts';
import { listAddress, type TaskFilters } from '../model.ts';
import { TaskFilterBar } from '../parts/task-filters.tsx';

/** `/w/:id/tasks?view=board`: the tasks of a workspace in columns. */
export function BoardScreen({ workspaceId, filters }: { workspaceId: string; filters: TaskFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { columns, cut, error, retry } = useBoard(workspaceId, filters);
  const workspace = useLive(({ workspaces }) => workspaces[workspaceId]?.name);
  useEffect(() => {
    document.title = `${t`Tasks`} · Atrium`;
  }, [t]);
  return (
    <div className={styles.screen}>
      <PaneHead title={t`Tasks`} sub={<bdi>{workspace}</bdi>} />
      <div className={styles.bar}>
        <TaskFilterBar
          workspaceId={workspaceId}
          filters={filters}
          onChange={(part) => navigate(listAddress(workspaceId, { ...filters, ...part }), { replace: true })}
        />
      </div>
      {columns ? (
        <Board workspaceId={workspaceId} columns={columns} cut={cut} />
      ) : error ? (
        <ErrorState title={t`The board could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : (
        <Skeleton rows={6} />
      )}
    </div>
  );
}
