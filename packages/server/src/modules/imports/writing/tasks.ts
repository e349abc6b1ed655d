import { characters, type InputOf, sizes, taskLink, type tasks } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import { isVisitor } from '../../workspaces/index.ts';
import type { CommentRow, TaskRow } from '../rows/neutral.ts';
import { cutTo, fitLine, storable } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';
import type { Fetched } from './files.ts';
import { labelOf } from './labels.ts';
import { authorOf } from './people.ts';

type NewTask = InputOf<typeof tasks.create>;

const LEAST_TITLE = 3;
const MOST_TITLE = 200;
const MOST_CATEGORY = 50;
const MOST_DESCRIPTION = 10_000;

/** Creates a task and completes it, both at the original times. */
export async function writeTask(batch: Batch, row: TaskRow, fetched: Fetched): Promise<string> {
  const { job } = batch;
  const fields = fitFields(batch, row);
  const parentId = row.parent === undefined ? undefined : await batch.mapped('task', row.parent);
  if (row.parent !== undefined && parentId === undefined) batch.notes.push('the task above it was left out');
  const memberIds = await assigneesOf(batch, row.assignees);
  const author = row.author === undefined ? undefined : await batch.mapped('person', row.author);
  const labelIds = await labelsOf(batch, row.labels);
  if (batch.isDry) return newId();
  const mayCreate = author !== undefined && !isVisitor(job.roles.get(author) ?? 'customer') && !job.former.has(author);
  const creator = mayCreate ? author : job.ownerId;
  const input = { workspaceId: job.workspaceId, ...fields, labelIds, ...(parentId === undefined ? {} : { parentId }) };
  const id = await create(
    batch,
    { creator, at: row.createdAt },
    { ...input, memberIds, ...(row.isPrivate ? { visibility: 'members' as const } : {}) },
  );
  // The owner of the workspace might not see it.
  const keeper = row.isPrivate ? (memberIds[0] ?? creator) : job.ownerId;
  if (row.isPrivate) await batch.map('keeper', row.key, keeper);
  await attach(batch, { taskId: id, keeper }, fetched);
  if (row.status !== 'completed') return id;
  const completer = memberIds[0] ?? creator;
  await batch.as(completer, row.completedAt ?? row.createdAt).tasks.update({ taskId: id, status: 'completed' });
  return id;
}

function fitFields(batch: Batch, row: TaskRow) {
  const { text: line, isCut } = fitLine(row.title, MOST_TITLE, 'Untitled');
  const title = characters(line) < LEAST_TITLE ? `${line} (${batch.job.source})` : line;
  if (title !== line) batch.notes.push('the title is too short: it names its source');
  const description = cutTo(
    isCut ? `${storable(row.title)}\n\n${storable(row.description)}`.trim() : storable(row.description),
    MOST_DESCRIPTION,
  );
  if (isCut) batch.notes.push('the title is cut: the whole of it begins the description');
  if (description.isCut) batch.notes.push('the description is cut');
  const category = row.category === undefined ? undefined : fitLine(row.category, MOST_CATEGORY, 'Unnamed').text;
  const link = taskLink.safeParse(row.link).data;
  return {
    title,
    description: description.text,
    ...(category === undefined ? {} : { category }),
    ...(link === undefined ? {} : { link }),
    ...(row.priority === undefined ? {} : { priority: row.priority }),
    ...(row.dueAt === undefined ? {} : { dueAt: row.dueAt }),
    ...(row.dueOn === undefined ? {} : { dueOn: row.dueOn }),
    ...(row.recurrence === undefined ? {} : { recurrence: row.recurrence }),
    // Completed by a separate change, at its original time.
    status: row.status === 'completed' ? ('todo' as const) : row.status,
  };
}

async function attach(
  batch: Batch,
  { keeper, taskId }: { keeper: string; taskId: string },
  { files, notes }: Fetched,
): Promise<void> {
  batch.notes.push(...notes);
  for (const { name, sent } of files) {
    await batch.attempt(`the file ${name} is left out`, () =>
      batch.as(keeper, batch.open.now).attachments.addToTask({ taskId }, { files: sent() }),
    );
  }
}

async function assigneesOf(batch: Batch, keys: readonly string[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const key of keys) {
    const id = await batch.mapped('person', key);
    if (id === undefined) batch.notes.push(`its assignee ${key} is not among the people of the export`);
    else if (batch.job.former.has(id)) batch.notes.push(`its assignee ${key} is no member of the workspace`);
    else ids.add(id);
  }
  const most = sizes.taskMembers - 1;
  if (ids.size > most) batch.notes.push(`only the first ${most} of its assignees are taken`);
  return [...ids].slice(0, most);
}

/** The creator of a task becomes a member: removes them again if they are not one in the source. */
async function create(
  batch: Batch,
  { creator, at }: { creator: string; at: Date },
  { memberIds, ...input }: NewTask & { memberIds: string[] },
): Promise<string> {
  const api = batch.as(creator, at);
  const whole = await batch.attempt('is created without those it is assigned to', () =>
    api.tasks.create({ ...input, memberIds }),
  );
  const { id } = whole ?? (await api.tasks.create(input));
  const isNeeded = input.visibility === 'members' && (whole === undefined || memberIds.length === 0);
  if ((whole === undefined || !memberIds.includes(creator)) && !isNeeded) {
    await api.tasks.removeMember({ taskId: id, userId: creator });
  }
  return id;
}

/** The labels with these names, created where missing. */
async function labelsOf(batch: Batch, labels: TaskRow['labels']): Promise<string[]> {
  const ids = new Set<string>();
  for (const label of labels.slice(0, sizes.taskLabels)) {
    const id = await labelOf(batch, label);
    if (id !== undefined) ids.add(id);
  }
  if (labels.length > sizes.taskLabels) batch.notes.push(`only ${sizes.taskLabels} of its labels are taken`);
  return [...ids];
}

/** The task of a row. Throws LeftOut. */
async function taskOf(batch: Batch, key: string): Promise<string> {
  const id = await batch.mapped('task', key);
  if (id === undefined) throw new LeftOut('its task was left out');
  return id;
}

/** Makes a person a member of a task. @returns whether they were not one before */
async function enterTask(batch: Batch, key: string, taskId: string, userId: string): Promise<boolean> {
  if (batch.isMember(taskId, userId)) return false;
  const keeper = (await batch.mapped('keeper', key)) ?? batch.job.ownerId;
  const api = batch.as(keeper, batch.open.now);
  const { memberIds } = await api.tasks.get({ taskId });
  if (memberIds.includes(userId)) return false;
  await api.tasks.addMember({ taskId, userId });
  return true;
}

/** Adds a comment at its original time. An author who is not a member does not stay one. */
export async function writeComment(batch: Batch, row: CommentRow): Promise<string> {
  const taskId = await taskOf(batch, row.task);
  const content = cutTo(storable(row.content), sizes.taskComment);
  if (content.isCut) batch.notes.push('the comment is cut');
  const authorId = row.author === undefined ? batch.job.ownerId : await authorOf(batch, row.author, row.authorName);
  if (batch.isDry) return newId();
  const isAdded = await enterTask(batch, row.task, taskId, authorId);
  const api = batch.as(authorId, row.at);
  const { id } = await api.taskComments.add({ taskId, content: content.text });
  if (isAdded) await api.tasks.removeMember({ taskId, userId: authorId });
  return id;
}

/** The task that a person tracked time on, with them as a member. */
export async function trackedTask(batch: Batch, key: string, userId: string): Promise<string> {
  const taskId = await taskOf(batch, key);
  if (batch.isDry) return taskId;
  await enterTask(batch, key, taskId, userId);
  batch.addMember(taskId, userId);
  return taskId;
}
