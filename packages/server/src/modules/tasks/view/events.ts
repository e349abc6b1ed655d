import type { StreamName } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type Renderers, type StoredEvent, streamSeqs } from '../../../platform/stream/index.ts';
import { membershipOf, rolesOf } from '../../workspaces/index.ts';
import { commentsById } from '../rows/comment-store.ts';
import { labelsById, labelsOf } from '../rows/label-store.ts';
import { isStaff } from '../rows/policy.ts';
import { presentComment, presentLabel, presentTask } from '../rows/present.ts';
import type { FullTask } from '../rows/tables.ts';
import { tasksById } from '../rows/task-store.ts';
import { presentFor } from './state.ts';

declare module '../../../platform/stream/index.ts' {
  interface RenderedBodies {
    'task:joined': { taskId: string; userId: string };
    'task:created': { taskId: string };
    'task:updated': { taskId: string };
    'task:membersUpdated': { taskId: string };
    'task:can': { taskId: string; userId: string };
    'task:commented': { commentId: string };
    'task:commentUpdated': { commentId: string };
    'label:created': { labelId: string };
    'label:updated': { labelId: string };
    'label:all': { workspaceId: string; userId: string };
  }
}

/** The stream of a task. */
export function taskStream(taskId: string): StreamName {
  return `task:${taskId}`;
}

/**
 * Whether the current state of a task may be shown on a stream: its readers saw the task when the event was appended.
 */
function isShownOn(stream: StreamName, task: FullTask | undefined): task is FullTask {
  if (task === undefined || task.deleted_at !== null) return false;
  if (stream.startsWith('workspace:')) return task.visibility === 'workspace';
  return !stream.startsWith('user:') || task.member_ids.includes(stream.slice('user:'.length));
}

type TaskEvents = readonly (Pick<StoredEvent, 'stream'> & { body: { taskId: string } })[];

/** The tasks of events that may still be shown there. */
async function shown(db: Executor, events: TaskEvents): Promise<(FullTask | null)[]> {
  const tasks = await tasksById(
    db,
    events.map(({ body }) => body.taskId),
  );
  return events.map(({ stream, body }) => {
    const task = tasks.get(body.taskId);
    return isShownOn(stream, task) ? task : null;
  });
}

const showTasks = async (db: Executor, events: TaskEvents) =>
  (await shown(db, events)).map((task) => task && presentTask(task));

async function showComments(db: Executor, events: readonly { body: { commentId: string } }[]) {
  const comments = await commentsById(
    db,
    events.map(({ body }) => body.commentId),
  );
  return events.map(({ body }) => {
    const comment = comments.get(body.commentId);
    return comment === undefined ? null : presentComment(comment);
  });
}

async function showLabels(db: Executor, events: readonly { body: { labelId: string } }[]) {
  const labels = await labelsById(
    db,
    events.map(({ body }) => body.labelId),
  );
  return events.map(({ body }) => {
    const label = labels.get(body.labelId);
    return label === undefined ? null : presentLabel(label);
  });
}

/** What the recipient of each event may do with its task; undefined for those who are no longer members. */
async function statesAt(db: Executor, bodies: readonly { taskId: string; userId: string }[]) {
  const tasks = await tasksById(
    db,
    bodies.map(({ taskId }) => taskId),
  );
  return Promise.all(
    bodies.map(async ({ taskId, userId }) => {
      const task = tasks.get(taskId);
      if (task === undefined || task.deleted_at !== null || !task.member_ids.includes(userId)) return undefined;
      return (await presentFor(db, { viewerId: userId, roles: await rolesOf(db, userId) }, [task]))[0];
    }),
  );
}

/** Renders task events with the current state of the task. */
export const taskRenderers: Renderers = {
  'task:created': showTasks,
  'task:updated': showTasks,
  'task:commented': showComments,
  'task:commentUpdated': showComments,
  'label:created': showLabels,
  'label:updated': showLabels,

  async 'task:joined'(db, events) {
    const bodies = events.map(({ body }) => body);
    const seqs = await streamSeqs(
      db,
      bodies.map(({ taskId }) => taskStream(taskId)),
    );
    const states = await statesAt(db, bodies);
    return states.map((task) => {
      if (task === undefined || task.status === 'completed') return null;
      return { task, asOf: seqs.get(taskStream(task.id)) ?? 0 };
    });
  },

  async 'task:can'(db, events) {
    const states = await statesAt(
      db,
      events.map(({ body }) => body),
    );
    return states.map((task) =>
      task === undefined ? null : { taskId: task.id, workspaceId: task.workspaceId, can: task.can },
    );
  },

  async 'task:membersUpdated'(db, events) {
    const tasks = await shown(db, events);
    return tasks.map((task) => task && { taskId: task.id, workspaceId: task.workspace_id, memberIds: task.member_ids });
  },

  'label:all': (db, events) =>
    Promise.all(
      events.map(async ({ body: { workspaceId, userId } }) => {
        const role = (await membershipOf(db, workspaceId, userId))?.role;
        if (role === undefined) return null;
        const rows = isStaff(role) ? await labelsOf(db, [workspaceId]) : [];
        return { workspaceId, labels: rows.map(presentLabel) };
      }),
    ),
};
