import type { EventData, StreamName } from '@atrium/protocol';
import type { Work } from '../../../platform/module/index.ts';
import type { Append } from '../../../platform/stream/index.ts';
import { workspaceStream } from '../../workspaces/index.ts';
import { memberRoles } from '../rows/member-store.ts';
import { isStaff } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { taskStream } from './events.ts';

/** The part of a command context that these functions use. */
export type Publishing = Pick<Work, 'tx' | 'append'>;

/** True while members follow the stream of the task. */
export function isFollowed({ status, deleted_at }: Pick<FullTask, 'status' | 'deleted_at'>): boolean {
  return status !== 'completed' && deleted_at === null;
}

const userStream = (userId: string): StreamName => `user:${userId}`;

/** The streams of members of a task that they do not follow, who would otherwise not get the event. */
async function memberStreams({ tx }: Pick<Publishing, 'tx'>, task: FullTask): Promise<StreamName[]> {
  const hears = (role: Parameters<typeof isStaff>[0]) => task.visibility === 'workspace' && isStaff(role);
  return (await memberRoles(tx, task.id)).filter(({ role }) => !hears(role)).map(({ userId }) => userStream(userId));
}

/** The other streams on which a change of a task is told. */
async function widerStreams(context: Pick<Publishing, 'tx'>, task: FullTask): Promise<StreamName[]> {
  const wide = task.visibility === 'workspace' ? [workspaceStream(task.workspace_id)] : [];
  return isFollowed(task) ? wide : [...wide, ...(await memberStreams(context, task))];
}

/** Tells everyone who sees a task about a change. `leave`: members who stop following its stream. */
export async function publishTask(context: Publishing, task: FullTask, leave: readonly string[] = []): Promise<void> {
  const body = { taskId: task.id };
  context.append(taskStream(task.id), 'task:updated', body, leave.length > 0 ? { leave: [...leave] } : {});
  for (const stream of await widerStreams(context, task)) context.append(stream, 'task:updated', body);
}

/** Tells everyone who sees a new task about it; members begin to follow it. */
export async function publishCreated(context: Publishing, task: FullTask): Promise<void> {
  const body = { taskId: task.id };
  const wide = task.visibility === 'workspace' ? [workspaceStream(task.workspace_id)] : [];
  for (const stream of [...wide, ...(await memberStreams(context, task))]) context.append(stream, 'task:created', body);
  context.append(taskStream(task.id), 'task:membersUpdated', body, { join: [...task.member_ids] });
  if (isFollowed(task)) beginFollowing(context, task, task.member_ids);
}

/** Tells of a change of members; new members begin to follow the task, former ones stop. */
export async function publishMembers(
  context: Publishing,
  task: FullTask,
  { came = [], left = [] }: { came?: readonly string[]; left?: readonly string[] },
): Promise<void> {
  const body = { taskId: task.id };
  context.append(taskStream(task.id), 'task:membersUpdated', body, {
    ...(came.length > 0 && { join: [...came] }),
    ...(left.length > 0 && { leave: [...left] }),
  });
  for (const stream of await widerStreams(context, task)) context.append(stream, 'task:membersUpdated', body);
  if (isFollowed(task)) beginFollowing(context, task, came);
  stopFollowing(context, task, left, 'removed');
}

/** Adds a task to the live state of its members. */
export function beginFollowing({ append }: { append: Append }, task: FullTask, userIds: readonly string[]): void {
  const follow = [taskStream(task.id)];
  for (const userId of userIds) append(userStream(userId), 'task:joined', { taskId: task.id, userId }, { follow });
}

/** Removes a task from the live state of people. */
export function stopFollowing(
  { append }: { append: Append },
  task: FullTask,
  userIds: readonly string[],
  reason: EventData['task:left']['reason'],
): void {
  const data = { taskId: task.id, workspaceId: task.workspace_id, reason };
  for (const userId of userIds) append(userStream(userId), 'task:left', data, { unfollow: [taskStream(task.id)] });
}

/** Tells everyone who saw a task that it is in the trash. Call it with the task as it was before. */
export async function publishDeleted(context: Publishing, task: FullTask): Promise<void> {
  const data = { taskId: task.id, workspaceId: task.workspace_id, reason: 'deleted' as const };
  context.append(taskStream(task.id), 'task:deleted', data, { leave: [...task.member_ids] });
  const wide = task.visibility === 'workspace' ? [workspaceStream(task.workspace_id)] : [];
  for (const stream of [...wide, ...(await memberStreams(context, task))]) context.append(stream, 'task:deleted', data);
  if (isFollowed(task)) stopFollowing(context, task, task.member_ids, 'deleted');
}

/** Tells the staff of the workspace that a task became visible to them, or is no longer. */
export function publishVisibility({ append }: { append: Append }, task: FullTask): void {
  const stream = workspaceStream(task.workspace_id);
  if (task.visibility === 'workspace') append(stream, 'task:created', { taskId: task.id });
  else append(stream, 'task:deleted', { taskId: task.id, workspaceId: task.workspace_id, reason: 'hidden' });
}

/** Tells members what they may do with a task that they follow. */
export function publishCan({ append }: { append: Append }, task: FullTask, userIds: readonly string[]): void {
  if (!isFollowed(task)) return;
  for (const userId of userIds) append(userStream(userId), 'task:can', { taskId: task.id, userId });
}

/** The streams for events of comments: the stream of the task, and those of members who do not follow it. */
export function commentStreams(task: FullTask): StreamName[] {
  return [taskStream(task.id), ...(isFollowed(task) ? [] : task.member_ids.map(userStream))];
}
