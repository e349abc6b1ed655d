import type { TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { useShowing } from '../../../live/use-showing.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { RoundCheck } from '../../../ui/choice/choice.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { DeleteIcon, LinkIcon } from '../../../ui/icons.ts';
import { PaneHead } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { TaskFiles } from '../../files/index.ts';
import { TaskReminders } from '../../reminders/index.ts';
import { TimerCard } from '../../timers/index.ts';
import { changeTask, completeTask, deleteTask } from '../commands.ts';
import { isDone, useLeaveTask, usePeopleNames, useTask, useTaskMentions } from '../hooks.ts';
import { Activity } from '../parts/activity.tsx';
import { Comments } from '../parts/comments.tsx';
import { EditableText } from '../parts/editable-text.tsx';
import { Subtasks } from '../parts/subtasks.tsx';
import { TaskFields } from '../parts/task-fields.tsx';
import styles from '../parts/tasks.module.css';

/** `/tasks/:taskId`: all details of one task. */
export function TaskScreen({ taskId }: { taskId: string }) {
  const { t } = useLingui();
  const { task, people, error, retry } = useTask(taskId);
  const title = task?.title ?? t`Task`;
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  if (task) return <TaskPage task={task} people={people} />;
  if (!error) return <Skeleton rows={6} />;
  return (
    <ErrorState title={t`This task is not here`} onRetry={() => void retry()}>
      {problemText(error)}
    </ErrorState>
  );
}

function TaskPage({ task, people }: { task: TaskState; people: readonly User[] }) {
  const { t } = useLingui();
  const done = isDone(task);
  const mention = useTaskMentions(task.workspaceId);
  const personOf = usePeopleNames(task.workspaceId, people);
  useShowing(task.id);
  return (
    <div className={styles.page}>
      <TaskHead task={task} />
      <div className={styles.columns} data-scrolls>
        <div className={styles.body}>
          <div className={styles.headline}>
            <RoundCheck
              label={done ? t`Open again: ${task.title}` : t`Done: ${task.title}`}
              checked={done}
              disabled={!task.can.update}
              onChange={({ target }) => void completeTask(task, target.checked)}
            />
            <EditableText
              level={2}
              label={t`Title`}
              text={task.title}
              minLength={3}
              maxLength={200}
              mayEdit={task.can.update}
              onSave={(title) => changeTask(task, { title })}
            />
          </div>
          <EditableText
            label={t`Description`}
            mention={mention}
            text={task.description}
            placeholder={t`Describe it`}
            maxLength={10_000}
            mayEdit={task.can.update}
            onSave={(description) => changeTask(task, { description })}
          />
          <TimerCard task={task} people={people} />
          {task.parentId === null && <Subtasks task={task} />}
          <TaskFiles task={task} personOf={personOf} />
          <TaskReminders task={task} />
        </div>
        <aside className={styles.fields} aria-label={t`Details`}>
          <TaskFields task={task} people={people} />
        </aside>
        <div className={styles.talk}>
          <Comments task={task} people={people} />
          <Activity task={task} people={people} />
        </div>
      </div>
    </div>
  );
}

function TaskHead({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const workspace = useLive(({ workspaces }) => workspaces[task.workspaceId]?.name);
  const leave = useLeaveTask(task);
  const list = `/w/${task.workspaceId}/tasks`;
  const remove = async () => {
    if (await deleteTask(task)) leave();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(`/tasks/${task.id}`, location.origin).href);
    showToast({ kind: 'done', title: t`Link copied` });
  };
  return (
    <PaneHead
      title={
        <span className={styles.path}>
          <Link to={list}>
            <Trans>Tasks</Trans>
          </Link>
          {task.parentId !== null && <Link to={`/tasks/${task.parentId}`}>{t`Parent task`}</Link>}
        </span>
      }
      sub={workspace && <bdi>{workspace}</bdi>}
      back={{ label: t`Back to the tasks`, onPress: () => navigate(list) }}
      actions={
        <>
          <IconButton icon={LinkIcon} label={t`Copy link`} onClick={() => void copy()} />
          {task.can.delete && <IconButton icon={DeleteIcon} label={t`Delete`} onClick={() => void remove()} />}
        </>
      }
    />
  );
}
