import type { TotalSource } from '@atrium/protocol/total';
import { useTotal } from '../hooks.ts';
import { clockOf, isoDuration } from '../model.ts';

/** The time of a task. A screen reader reads it when asked, and is never told each second. */
export function LiveTotal({ task, className }: { task: { timer: TotalSource }; className?: string | undefined }) {
  const total = useTotal(task);
  return (
    <time role="timer" aria-live="off" dateTime={isoDuration(total)} className={className}>
      {clockOf(total)}
    </time>
  );
}
