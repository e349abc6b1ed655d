import type { EventData, EventMeta, Label, Snapshot, TaskState } from '@atrium/protocol';
import { type ById, byId, filterById, patchById, without } from './by-id.ts';
import { type Slice, unchanged } from './slice.ts';

export interface TasksState {
  /** Open tasks that I am a member of. */
  readonly tasks: ById<TaskState>;
  /** The labels of the workspaces in which I work. */
  readonly labels: ById<Label>;
}

/**
 * Whether an event is on the task's own stream. Copies on the stream of a workspace or a user are for lists of other
 * tasks: only one stream keeps the changes of a task in order.
 */
const isOwn = ({ stream }: EventMeta, taskId: string): boolean => stream === `task:${taskId}`;

/** Changes a followed task, by an event of its own stream. */
function changeTask(
  { tasks }: TasksState,
  { taskId, meta }: { taskId: string; meta: EventMeta },
  change: Partial<TaskState>,
): Partial<TasksState> | undefined {
  return isOwn(meta, taskId) ? { tasks: patchById(tasks, taskId, () => change) } : undefined;
}

/** The time of a task, which is in each event about it. */
const changeTimer = (state: TasksState, { taskId, timer }: EventData['timer:corrected'], meta: EventMeta) =>
  changeTask(state, { taskId, meta }, { timer });

export const tasks = {
  empty: { tasks: {}, labels: {} },
  fromSnapshot: (snapshot: Snapshot): TasksState => ({
    tasks: byId(snapshot.tasks, ({ id }) => id),
    labels: byId(snapshot.labels, ({ id }) => id),
  }),
  reducers: {
    'task:joined': ({ tasks: known }, { task }) => ({ tasks: { ...known, [task.id]: task } }),
    'task:left': ({ tasks: known }, { taskId }) => ({ tasks: without(known, taskId) }),
    'task:created': unchanged,
    'task:updated': (state, task, meta) => changeTask(state, { taskId: task.id, meta }, task),
    'task:deleted': unchanged,
    'task:membersUpdated': (state, { taskId, memberIds }, meta) => changeTask(state, { taskId, meta }, { memberIds }),
    'task:can': ({ tasks: known }, { taskId, can }) => ({ tasks: patchById(known, taskId, () => ({ can })) }),
    'timer:started': changeTimer,
    'timer:stopped': changeTimer,
    'timer:allStopped': changeTimer,
    'timer:corrected': changeTimer,
    'task:commented': unchanged,
    'task:commentUpdated': unchanged,
    'task:commentDeleted': unchanged,
    'task:mentioned': unchanged,
    'message:task': unchanged,
    'label:created': ({ labels }, label) => ({ labels: { ...labels, [label.id]: label } }),
    'label:updated': ({ labels }, label) => ({ labels: { ...labels, [label.id]: label } }),
    'label:deleted': ({ labels, tasks: known }, { labelId }) => ({
      labels: without(labels, labelId),
      tasks: Object.values(known)
        .filter(({ labelIds }) => labelIds.includes(labelId))
        .reduce<ById<TaskState>>(
          (all, { id, labelIds }) =>
            patchById(all, id, () => ({ labelIds: labelIds.filter((each) => each !== labelId) })),
          known,
        ),
    }),
    'label:all': ({ labels }, { workspaceId, labels: all }) => ({
      labels: { ...filterById(labels, (label) => label.workspaceId !== workspaceId), ...byId(all, ({ id }) => id) },
    }),
    'workspace:left': ({ tasks: known, labels }, { workspaceId }) => ({
      tasks: filterById(known, (task) => task.workspaceId !== workspaceId),
      labels: filterById(labels, (label) => label.workspaceId !== workspaceId),
    }),
  },
  opens: {
    'task:joined': ({ asOf, task }) => ({ stream: `task:${task.id}`, asOf }),
  },
  closes: {
    'task:left': ({ taskId }) => [`task:${taskId}`],
    'workspace:left': ({ workspaceId }, before) =>
      Object.values(before.tasks)
        .filter((task) => task.workspaceId === workspaceId)
        .map(({ id }) => `task:${id}` as const),
  },
  forget: ({ tasks: known }, stream) =>
    stream.startsWith('task:') ? { tasks: without(known, stream.slice('task:'.length)) } : {},
} satisfies Slice<TasksState>;
