import type { EventData, ForgottenTimer, Snapshot } from '@atrium/protocol';
import { type ById, byId, filterById } from './by-id.ts';
import type { Slice } from './slice.ts';
import type { TasksState } from './tasks.ts';

export interface TimersState {
  /** My timers that may have been forgotten, by entry. */
  readonly forgotten: ById<ForgottenTimer>;
}

/** A question ends when its timer no longer runs. */
function stillRunning({ forgotten }: TimersState, { taskId, timer }: EventData['timer:corrected']): TimersState {
  const running = new Set(timer.running.map(({ id }) => id));
  return { forgotten: filterById(forgotten, (each) => each.taskId !== taskId || running.has(each.entryId)) };
}

const without = ({ forgotten }: TimersState, taskIds: ReadonlySet<string>): TimersState => ({
  forgotten: filterById(forgotten, ({ taskId }) => !taskIds.has(taskId)),
});

export const timers = {
  empty: { forgotten: {} },
  fromSnapshot: ({ timers: { forgotten } }: Snapshot): TimersState => ({
    forgotten: byId(forgotten, ({ entryId }) => entryId),
  }),
  reducers: {
    'timer:forgotten': ({ forgotten }, asked) => ({ forgotten: { ...forgotten, [asked.entryId]: asked } }),
    'timer:started': stillRunning,
    'timer:stopped': stillRunning,
    'timer:allStopped': stillRunning,
    'timer:corrected': stillRunning,
    'task:left': (state, { taskId }) => without(state, new Set([taskId])),
    'task:deleted': (state, { taskId }) => without(state, new Set([taskId])),
    'workspace:left': (state, { workspaceId }) => {
      const gone = Object.values(state.tasks).filter((task) => task.workspaceId === workspaceId);
      return without(state, new Set(gone.map(({ id }) => id)));
    },
  },
  forget: (state, stream) =>
    stream.startsWith('task:') ? without(state, new Set([stream.slice('task:'.length)])) : {},
} satisfies Slice<TimersState, TasksState>;
