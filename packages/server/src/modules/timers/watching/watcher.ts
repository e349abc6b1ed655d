import type { StreamName, TaskTimer } from '@atrium/protocol';
import type { Logger } from 'pino';
import type { Database, Executor } from '../../../platform/database/index.ts';
import type { Rooms } from '../../../platform/live/index.ts';
import { type Follower, type LiveEvent, type StreamHub, streamSeqs } from '../../../platform/stream/index.ts';
import { taskById, taskStream } from '../../tasks/index.ts';
import { timerOf } from '../../time-entries/index.ts';
import { workspaceStream } from '../../workspaces/index.ts';
import { SLOT_MS, TickWheel } from './wheel.ts';

const RETRY_MS = 500;
/**
 * Ticks are this far behind the database's clock, which a node does not know more exactly: a stop by that clock then
 * never reduces a time that a tick has shown.
 */
const LAG_MS = 20;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A watched task on this node. */
interface Watched {
  workspaceId: string;
  /** Users who get its ticks while they are in its Socket.IO room. */
  audience: readonly StreamName[];
  /** The position of its stream up to which its time is known. */
  seq: number;
}

export interface WatcherDeps {
  clock: { now(): Date };
  database: Pick<Database, 'transaction'>;
  log: Pick<Logger, 'warn'>;
  rooms: Pick<Rooms, 'emit' | 'listen'>;
  streams: Pick<StreamHub, 'follow' | 'unfollow'>;
}

const taskIdOf = (room: StreamName) => room.slice('task:'.length);

function audienceOf(taskId: string, { workspaceId, isOpen }: { workspaceId: string; isOpen: boolean }): StreamName[] {
  return [taskStream(taskId), ...(isOpen ? [workspaceStream(workspaceId)] : [])];
}

/**
 * Sends ticks for the watched tasks of this node. Their time is read once, for the first watcher, and then updated from
 * the streams of the tasks as by any follower; a tick reads nothing.
 */
export function createWatcher({ clock, database, log, rooms, streams }: WatcherDeps): { start(): () => void } {
  const watched = new Map<string, Watched>();
  /** Changes that arrive while the time of a task is being read. */
  const early = new Map<string, LiveEvent[]>();
  const wanted = new Set<string>();
  const wheel = new TickWheel({
    nowMs: () => clock.now().getTime() - LAG_MS,
    sinceMs: performance.now(),
    emit(tick) {
      const { audience } = watched.get(tick.taskId) ?? { audience: [] };
      rooms.emit(taskStream(tick.taskId), audience, 'timer:tick', tick);
    },
  });

  const follower: Follower = { userId: NOBODY, sessionId: NOBODY, deliver };

  function deliver(events: readonly LiveEvent[]): void {
    const [first] = events;
    const waiting = first && early.get(taskIdOf(first.meta.stream));
    if (waiting !== undefined) waiting.push(...events);
    else events.forEach(observe);
  }

  function observe({ data, meta, type }: LiveEvent): void {
    const taskId = taskIdOf(meta.stream);
    const known = watched.get(taskId);
    if (known === undefined || meta.seq <= known.seq) return;
    known.seq = meta.seq;
    if (type === 'task:updated') {
      const isOpen = (data as { visibility?: unknown }).visibility === 'workspace';
      known.audience = audienceOf(taskId, { workspaceId: known.workspaceId, isOpen });
    }
    const { timer } = data as { timer?: TaskTimer };
    if (type.startsWith('timer:') && timer !== undefined) wheel.set(taskId, timer);
  }

  async function read(tx: Executor, taskId: string) {
    const task = await taskById(tx, taskId);
    const stream = taskStream(taskId);
    return task && { task, timer: await timerOf(tx, taskId), seq: (await streamSeqs(tx, [stream])).get(stream) ?? 0 };
  }

  /** It follows the stream before it reads, so that it misses nothing in between. */
  async function watch(taskId: string): Promise<void> {
    early.set(taskId, []);
    await streams.follow(follower, [taskStream(taskId)]);
    const found = await database.transaction((tx) => read(tx, taskId), {
      isolation: 'repeatable read',
      readOnly: true,
    });
    if (!wanted.has(taskId)) {
      forget(taskId);
      return;
    }
    if (found === undefined || found.task.deleted_at !== null) return;
    const { workspace_id: workspaceId, visibility } = found.task;
    const audience = audienceOf(taskId, { workspaceId, isOpen: visibility === 'workspace' });
    watched.set(taskId, { workspaceId, audience, seq: found.seq });
    wheel.set(taskId, found.timer);
    const waiting = early.get(taskId) ?? [];
    early.delete(taskId);
    waiting.forEach(observe);
  }

  function forget(taskId: string): void {
    watched.delete(taskId);
    early.delete(taskId);
    wheel.delete(taskId);
    streams.unfollow(follower, [taskStream(taskId)]);
  }

  function begin(taskId: string): void {
    watch(taskId).catch((error: unknown) => {
      log.warn({ err: error, taskId }, 'could not read the time of a task that is watched; trying again');
      setTimeout(() => wanted.has(taskId) && begin(taskId), RETRY_MS).unref();
    });
  }

  rooms.listen('task', {
    occupied(room) {
      wanted.add(taskIdOf(room));
      begin(taskIdOf(room));
    },
    empty(room) {
      const taskId = taskIdOf(room);
      wanted.delete(taskId);
      forget(taskId);
    },
  });

  return {
    start() {
      const timer = setInterval(() => wheel.turn(performance.now()), SLOT_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
