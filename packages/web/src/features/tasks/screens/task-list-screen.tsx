import type { TaskState } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { rove } from '../../../ui/roving.ts';
import { isDone, useDays, useTasks } from '../hooks.ts';
import { compareBy, type DueGroup, groupByDue, listAddress, type TaskFilters } from '../model.ts';
import { QuickAdd } from '../parts/quick-add.tsx';
import { TaskFilterBar } from '../parts/task-filters.tsx';
import { TaskGroup } from '../parts/task-group.tsx';
import styles from '../parts/tasks.module.css';

/** `/w/:id/tasks`: the tasks of a workspace by due date. */
export function TaskListScreen({ workspaceId, filters }: { workspaceId: string; filters: TaskFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const { tasks, error, hasMore, isLoadingMore, loadMore, retry } = useTasks(workspaceId, filters);
  const isFiltered = [filters.member, filters.priority, filters.q].some((each) => each !== undefined);
  const change = (part: Partial<TaskFilters>) =>
    navigate(listAddress(workspaceId, { ...filters, ...part }), { replace: true });
  useEffect(() => {
    document.title = `${t`Tasks`} · Atrium`;
  }, [t]);
  return (
    <Page title={t`Tasks`}>
      <TaskFilterBar workspaceId={workspaceId} filters={filters} onChange={change} />
      {filters.status === 'open' && <QuickAdd workspaceId={workspaceId} label={t`Add a task`} field={field} />}
      {error && !tasks ? (
        <ErrorState title={t`The tasks could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !tasks ? (
        <Skeleton rows={6} />
      ) : tasks.length > 0 ? (
        <>
          <Groups tasks={tasks} filters={filters} />
          {hasMore && (
            <div className={styles.more}>
              <Button busy={isLoadingMore} onClick={loadMore}>
                <Trans>Show more</Trans>
              </Button>
              {error && !isLoadingMore && <p role="alert">{problemText(error)}</p>}
            </div>
          )}
        </>
      ) : isFiltered ? (
        <EmptyState
          title={t`No task fits`}
          action={
            <Button onClick={() => change({ member: undefined, priority: undefined, q: undefined })}>
              <Trans>Clear filters</Trans>
            </Button>
          }
        />
      ) : (
        <Nothing isOpen={filters.status === 'open'} onAdd={() => field.current?.focus()} />
      )}
    </Page>
  );
}

function Nothing({ isOpen, onAdd }: { isOpen: boolean; onAdd: () => void }) {
  const { t } = useLingui();
  if (!isOpen) {
    return (
      <EmptyState title={t`Nothing is completed yet`}>
        <Trans>Tick off a task, and it is listed here.</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t`Nothing to do`}
      action={
        <Button variant="primary" onClick={onAdd}>
          <Trans>Add a task</Trans>
        </Button>
      }
    >
      <Trans>A task has people, a date and a timer that all of you see.</Trans>
    </EmptyState>
  );
}

interface Group {
  title: string;
  tasks: readonly TaskState[];
  isLate: boolean;
}

/** The groups of the list in its order: by due date or priority, otherwise one. */
function useGroups(tasks: readonly TaskState[], { order, status }: TaskFilters): Group[] {
  const { t } = useLingui();
  const { dayKey } = useFormats();
  const days = useDays();
  if (status === 'completed') return [{ title: t`Completed`, tasks, isLate: false }];
  const open = tasks.filter((task) => !isDone(task));
  if (order !== undefined && order !== 'priority') {
    return [{ title: t`Open`, tasks: open.sort(compareBy(order)), isLate: false }];
  }
  if (order === 'priority') {
    const titles = { high: t`High`, medium: t`Medium`, low: t`Low` };
    return (['high', 'medium', 'low'] as const)
      .map((priority) => ({
        title: titles[priority],
        tasks: open.filter((task) => task.priority === priority).sort(compareBy(order)),
        isLate: false,
      }))
      .filter((group) => group.tasks.length > 0);
  }
  const titles: Record<DueGroup, string> = {
    before: t`From before`,
    today: t`Today`,
    tomorrow: t`Tomorrow`,
    week: t`This week`,
    later: t({ message: 'Later', context: 'due' }),
    none: t`No date`,
  };
  return groupByDue(open, days, dayKey).map(({ group, tasks: found }) => ({
    title: titles[group],
    tasks: found,
    isLate: group === 'before',
  }));
}

function Groups({ tasks, filters }: { tasks: readonly TaskState[]; filters: TaskFilters }) {
  const groups = useGroups(tasks, filters);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the rows inside
    <div className={styles.groups} onKeyDown={rove}>
      {groups.map(({ title, tasks: found, isLate }, at) => (
        <TaskGroup key={title} title={title} tasks={found} isLate={isLate} isFirst={at === 0} />
      ))}
    </div>
  );
}
