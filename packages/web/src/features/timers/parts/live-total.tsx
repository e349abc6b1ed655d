import type { TaskState } from '@atrium/protocol';
import { useTotal } from '../hooks.ts';
import { clockOf, isoDuration } from '../model.ts';

/** The time of a task. A screen reader reads it when asked, and is never told each second. */
export function LiveTotal({
  task,
  className,
}: {
  task: Pick<TaskState, 'id' | 'timer'>;
  className?: string | undefined;
}) {
  const total = useTotal(task);
  return (
    <time role="timer" aria-live="off" dateTime={isoDuration(total)} className={className}>
      {clockOf(total)}
    </time>
  );
}
