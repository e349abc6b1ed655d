import type { TaskState } from '@atrium/protocol';
import { totalAt } from '@atrium/protocol/total';
import { useEffect, useMemo } from 'react';
import { client } from '../../live/client.ts';
import { useNow } from '../../live/clock.ts';
import { useLive } from '../../live/use-live.ts';

type Timed = Pick<TaskState, 'id' | 'timer'>;

/** The time of a task right now, in milliseconds. Renders each second only while a timer runs. */
export function useTotal({ timer }: Timed): number {
  const now = useNow(timer.running.length > 0 ? 1_000 : 86_400_000);
  return totalAt(timer, now);
}

/** My running timer on a task; undefined: none. */
export function useMyTimer({ timer }: Timed) {
  const myId = useLive(({ me }) => me?.id);
  return timer.running.find(({ userId }) => userId === myId);
}

/** Watches the time of a task while the component is there, so that its ticks come. */
export function useWatchedTask(taskId: string): void {
  useEffect(() => client.watchTask(taskId), [taskId]);
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
