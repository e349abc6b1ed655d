import { type StreamName, timers, totalAt } from '@atrium/protocol';
import type { Connections } from '../../../platform/live/index.ts';
import { direct, type Implementation, problem } from '../../../platform/module/index.ts';
import { taskStream } from '../../tasks/index.ts';
import { timerOf } from '../../time-entries/index.ts';

/** Tasks that one connection watches at a time. */
export const MAX_ROOMS = 500;
/** The channel for REST calls whose connection may be on another node. */
const TOPIC = 'timers:room';

/** The connections, as far as watching uses them. */
export type RoomConnections = Pick<Connections, 'of' | 'rooms' | 'tellPeers' | 'onPeers'>;

interface Caller {
  userId: string;
  sessionId: string;
}

function enter(connections: RoomConnections, caller: Caller, connectionId: string | undefined, room: StreamName): void {
  for (const live of connections.of(caller, connectionId)) {
    if (connections.rooms.countOf(live) >= MAX_ROOMS) {
      throw problem('conflict', `A connection watches at most ${MAX_ROOMS} tasks.`);
    }
    connections.rooms.join(live, room);
  }
}

function exit(connections: RoomConnections, caller: Caller, connectionId: string | undefined, room: StreamName): void {
  for (const live of connections.of(caller, connectionId)) connections.rooms.leave(live, room);
}

/** Carries out what another node was asked by REST. It has checked access. */
function hearPeers(connections: RoomConnections): void {
  connections.onPeers(TOPIC, ({ userId, sessionId, taskId, joins }) => {
    if (typeof userId !== 'string' || typeof sessionId !== 'string' || typeof taskId !== 'string') return;
    const caller = { userId, sessionId };
    const room = taskStream(taskId);
    for (const live of connections.of(caller, undefined)) {
      if (joins !== true) connections.rooms.leave(live, room);
      else if (connections.rooms.countOf(live) < MAX_ROOMS) connections.rooms.join(live, room);
    }
  });
}

/** Watching the time of tasks. Nothing is stored. */
export function watchOperations(connections: RoomConnections): Implementation[] {
  hearPeers(connections);
  return [
    direct(timers.join, async ({ actor: { userId, sessionId }, db, input: { taskId }, now, request }) => {
      const timer = await timerOf(db, taskId);
      enter(connections, { userId, sessionId }, request.connectionId, taskStream(taskId));
      if (request.connectionId === undefined) {
        connections.tellPeers(TOPIC, { userId, sessionId, taskId, joins: true });
      }
      return { taskId, ...timer, totalElapsedMs: totalAt(timer, now.getTime()), serverNow: now.toISOString() };
    }),

    direct(timers.leave, ({ actor: { userId, sessionId }, input: { taskId }, request }) => {
      exit(connections, { userId, sessionId }, request.connectionId, taskStream(taskId));
      if (request.connectionId === undefined) {
        connections.tellPeers(TOPIC, { userId, sessionId, taskId, joins: false });
      }
      return {};
    }),
  ];
}
