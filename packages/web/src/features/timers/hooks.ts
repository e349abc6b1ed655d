import type { TaskState } from '@atrium/protocol';
import { type TotalSource, totalAt } from '@atrium/protocol/total';
import { useEffect, useMemo } from 'react';
import { client } from '../../live/client.ts';
import { useNow } from '../../live/clock.ts';
import { useLive } from '../../live/use-live.ts';

type Timed = Pick<TaskState, 'id' | 'timer'>;

/** The time of a task right now, in milliseconds. Renders each second only while a timer runs. */
export function useTotal({ timer }: { timer: TotalSource }): number {
  const now = useNow(timer.running.length > 0 ? 1_000 : 86_400_000);
  return totalAt(timer, now);
}

/** My running timer on a task; undefined: none. */
export function useMyTimer({ timer }: Timed) {
  const myId = useLive(({ me }) => me?.id);
  return timer.running.find(({ userId }) => userId === myId);
}

/** Watches the time of a task while the component is there, so that its ticks come; undefined: of none. */
export function useWatchedTask(taskId: string | undefined): void {
  useEffect(() => (taskId === undefined ? undefined : client.watchTask(taskId)), [taskId]);
}

/** The time of a task that I see and do not follow, by its ticks; undefined until the first has come. */
export function useTickedTime(taskId: string | undefined): TotalSource | undefined {
  useWatchedTask(taskId);
  const tick = useLive(({ ticks }) => (taskId === undefined ? undefined : ticks[taskId]));
  return useMemo(
    () => tick && { baseMs: tick.baseMs, running: tick.startedAt.map((startedAt) => ({ startedAt })) },
    [tick],
  );
}

/** Tasks on which my timer runs, the one that started first comes first. */
export function useMyRunning(): readonly TaskState[] {
  const tasks = useLive((state) => state.tasks);
  const myId = useLive(({ me }) => me?.id);
  return useMemo(() => {
    const since = (task: TaskState) => task.timer.running.find(({ userId }) => userId === myId)?.startedAt ?? '';
    return Object.values(tasks)
      .filter((task) => since(task) !== '')
      .sort((one, other) => since(one).localeCompare(since(other)));
  }, [tasks, myId]);
}
