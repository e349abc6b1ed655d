import { timers, totalAt } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { lockForChange, manages, taskStream } from '../../tasks/index.ts';
import {
  closeEntries,
  presentSession,
  runningOf,
  runningOn,
  type TimeEntryRow,
  timerOf,
} from '../../time-entries/index.ts';
import { clockBehindLocks, holdPeriods } from '../rows/lock-store.ts';
import { isLocked } from '../rows/period-store.ts';
import { mayTrack } from '../view/access.ts';
import { stopTimers } from './closing.ts';
import { startTimer } from './start.ts';

/** The time at which a forgotten timer is to be stopped. Throws `conflict` if none was offered. */
function lastActionOf({ asked_at, last_action_at, started_at }: TimeEntryRow): Date {
  if (asked_at === null) throw problem('conflict', 'It was not asked yet whether this timer was forgotten.');
  return last_action_at ?? started_at;
}

const whole = <Item>(items: Item[]) => ({ items, nextCursor: null });

/** Operations to start, stop and list timers. */
export const sessionOperations: readonly Implementation[] = [
  command(timers.start, async (context) => {
    const { actor, input, subject } = context;
    const { billable, note } = input;
    return presentSession(await startTimer(context, { task: subject.task, userId: actor.userId, note, billable }));
  }),

  command(timers.stop, async (context) => {
    const { actor, input, subject, tx } = context;
    const { workspace_id: workspaceId } = subject.task;
    if (input.at === 'lastAction') await holdPeriods(tx, [workspaceId]);
    await lockForChange(tx, { userId: actor.userId, task: subject.task, permits: mayTrack });
    const running = await runningOn(tx, [subject.task.id]);
    const mine = running.find(({ account_id }) => account_id === actor.userId);
    if (mine === undefined || (input.entryId !== undefined && input.entryId !== mine.id)) {
      throw problem('timer_not_running');
    }
    const now = await clockBehindLocks(tx);
    const at = input.at === 'now' ? now : lastActionOf(mine);
    if (at < now && (await isLocked(tx, workspaceId, at, now))) throw problem('period_locked');
    const [closed] = await stopTimers(context, [mine], { at, reason: 'stopped' });
    if (closed === undefined) throw new Error('The timer that is locked did not stop.');
    return presentSession(closed);
  }),

  read(timers.active, async ({ db, input }) => whole((await runningOn(db, [input.taskId])).map(presentSession))),

  command(timers.forceStopAll, async ({ actor, append, subject, tx }) => {
    const { id: taskId } = subject.task;
    await lockForChange(tx, { userId: actor.userId, task: subject.task, permits: manages });
    const running = await runningOn(tx, [taskId]);
    const at = await clockBehindLocks(tx);
    const closed = await closeEntries(
      tx,
      running.map(({ id, started_at }) => ({
        id,
        stoppedAt: at < started_at ? started_at : at,
        reason: 'forced',
        clockJumpMs: at < started_at ? at.getTime() - started_at.getTime() : null,
      })),
    );
    const sessions = closed.map(presentSession);
    if (sessions.length > 0) {
      const timer = await timerOf(tx, taskId);
      append(taskStream(taskId), 'timer:allStopped', { taskId, timer, sessions, reason: 'forced' });
    }
    return whole(sessions);
  }),

  read(timers.mine, async ({ actor, db }) => whole((await runningOf(db, actor.userId)).map(presentSession))),

  read(timers.total, async ({ db, input, now }) => {
    const timer = await timerOf(db, input.taskId);
    return {
      taskId: input.taskId,
      ...timer,
      totalElapsedMs: totalAt(timer, now.getTime()),
      serverNow: now.toISOString(),
    };
  }),
];
