import type { Label, TaskState, TimeEntry } from '@atrium/protocol';
import { membersOf } from '../../workspaces/index.ts';
import type { ExportedFile, ExportedWork } from '../rows/export-format.ts';
import { type Exported, pages } from './reader.ts';

/** A task, and a person who can see it. */
interface Seen {
  task: TaskState;
  viewer: string;
}

/** The labels and tasks of the workspace, parents before sub-tasks, with their comments, time and files. */
export async function* taskValues(exported: Exported): AsyncGenerator<ExportedWork, void> {
  const { ownerId, workspaceId } = exported;
  const { items } = await exported.read(ownerId, (api) => api.labels.list({ workspaceId }));
  for (const { color, name } of items) yield { type: 'label', name, color };
  const labels = new Map(items.map((label) => [label.id, label]));
  for (const isBelow of [false, true]) {
    for await (const seen of allTasks(exported)) {
      if ((seen.task.parentId !== null) === isBelow) yield* taskWith(exported, seen, labels);
    }
  }
}

/** What the owner sees, and what only the members see. */
async function* allTasks(exported: Exported): AsyncGenerator<Seen, void> {
  const { ownerId, workspaceId } = exported;
  const known = new Set<string>();
  const viewers = [ownerId, ...(await membersOf(exported.db, workspaceId)).map(({ userId }) => userId)];
  for (const [at, viewer] of viewers.entries()) {
    const scope = at === 0 ? 'visible' : 'mine';
    const tasks = pages((page) => exported.read(viewer, (api) => api.tasks.list({ workspaceId, scope, ...page })));
    for await (const task of tasks) {
      if (known.has(task.id)) continue;
      known.add(task.id);
      yield { task, viewer };
    }
  }
}

async function* taskWith(
  exported: Exported,
  { task, viewer }: Seen,
  labels: ReadonlyMap<string, Label>,
): AsyncGenerator<ExportedWork, void> {
  const taskId = task.id;
  const files = await filesOf(exported, viewer, taskId);
  for (const userId of [task.createdBy, ...task.memberIds]) exported.people.add(userId);
  const { category, completedAt, createdAt, createdBy, description, dueAt, dueOn, link } = task;
  const { memberIds, parentId, priority, recurrence, status, title } = task;
  yield {
    type: 'task',
    id: taskId,
    ...{ category, completedAt, createdAt, createdBy, description, dueAt, dueOn, link },
    ...{ memberIds, parentId, priority, status, title },
    recurrence: recurrence && { rule: recurrence.rule, from: recurrence.from, timeZone: recurrence.timeZone },
    isPrivate: task.visibility === 'members',
    labels: task.labelIds.flatMap((id) => labels.get(id) ?? []).map(({ color, name }) => ({ color, name })),
    files,
  };
  for await (const comment of pages((page) =>
    exported.read(viewer, (api) => api.taskComments.list({ taskId, ...page })),
  )) {
    exported.people.add(comment.authorId);
    const { authorId, content, createdAt: at, id } = comment;
    yield { type: 'comment', id, taskId, authorId, content, createdAt: at };
  }
  yield* timeOf(exported, viewer, taskId);
}

async function filesOf(exported: Exported, viewer: string, taskId: string): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  const list = pages((page) => exported.read(viewer, (api) => api.attachments.ofTask({ taskId, ...page })));
  for await (const { id, filename, type } of list) {
    exported.objects.add(id);
    files.push({ id, filename, type });
  }
  return files;
}

async function* timeOf(exported: Exported, viewer: string, taskId: string): AsyncGenerator<ExportedWork, void> {
  const entries = pages((page) => exported.read(viewer, (api) => api.timeEntries.list({ taskId, ...page })));
  // The latest come first, but a correction must follow its entry.
  const corrections: ExportedWork[] = [];
  for await (const entry of entries) {
    const { billable, id, note, startedAt, stoppedAt, userId } = entry;
    if (entry.kind === 'correction') corrections.push(...correctionValue(exported, entry));
    else if (stoppedAt === null) exported.omit('running timers');
    else {
      exported.people.add(userId);
      yield { type: 'time', id, taskId, userId, startedAt, stoppedAt, note, billable };
    }
  }
  yield* corrections.toReversed();
}

function correctionValue(exported: Exported, entry: TimeEntry): ExportedWork[] {
  const { authorId, corrects, createdAt, durationMs, id, reason } = entry;
  if (corrects === null || durationMs === null) return [];
  exported.people.add(authorId);
  return [
    { type: 'correction', id, entryId: corrects, authorId, deltaMs: durationMs, reason: reason ?? '', createdAt },
  ];
}
