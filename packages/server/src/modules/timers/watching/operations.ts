import { timers, totalAt } from '@atrium/protocol';
import { type RoomConnections, RoomEntry } from '../../../platform/live/index.ts';
import { direct, type Implementation } from '../../../platform/module/index.ts';
import { taskStream } from '../../tasks/index.ts';
import { timerOf } from '../../time-entries/index.ts';

/** Operations to watch the time of tasks. Nothing is stored. */
export function watchOperations(connections: RoomConnections): Implementation[] {
  const rooms = new RoomEntry(connections, 'timers:room');
  return [
    direct(timers.join, async ({ actor, db, input: { taskId }, now, request }) => {
      const timer = await timerOf(db, taskId);
      rooms.enter(actor, request.connectionId, taskStream(taskId));
      return { taskId, ...timer, totalElapsedMs: totalAt(timer, now.getTime()), serverNow: now.toISOString() };
    }),

    direct(timers.leave, ({ actor, input: { taskId }, request }) => {
      rooms.leave(actor, request.connectionId, taskStream(taskId));
      return {};
    }),
  ];
}
