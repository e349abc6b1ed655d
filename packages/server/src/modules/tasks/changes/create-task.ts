import { type ParsedInputOf, sizes, type tasks } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { holdProfiles, meOf } from '../../identity/index.ts';
import { holdMemberships, type isVisitor } from '../../workspaces/index.ts';
import { rankAtBoardEnd } from '../board/board-ranks.ts';
import { mayCreate, maySee } from '../rows/policy.ts';
import { lockRanks } from '../rows/rank-store.ts';
import type { TaskRow } from '../rows/tables.ts';
import { lockTasks } from '../rows/task-store.ts';
import { factsOf } from '../view/access.ts';
import { publishTask } from '../view/publish.ts';
import { addTask, type Creating } from './add-task.ts';
import { admit, mustHaveRoom } from './admit.ts';
import { blank, columnsAfter, type TaskFields } from './fields.ts';
import { mustHaveLabels } from './must-have-labels.ts';
import { mustFitUnder } from './parents.ts';

/** A task to be created. */
export interface NewTask {
  workspaceId: string;
  fields: TaskFields & { title: string };
  memberIds: readonly string[];
  labelIds: readonly string[];
  source?: { conversationId: string; messageId: string };
}

/** The checked members of a new task, the creator first. Keeps them in the workspace until the transaction ends. */
async function admitted({ tx, actor }: Creating, { workspaceId, memberIds }: NewTask) {
  const others = memberIds.filter((id, at) => id !== actor.userId && memberIds.indexOf(id) === at);
  const held = await holdMemberships(tx, workspaceId, [actor.userId, ...others]);
  const roles = new Map(held.map(({ userId, role }) => [userId, role]));
  const ownRole = roles.get(actor.userId);
  if (ownRole === undefined) throw problem('not_found');
  if (!mayCreate(ownRole)) throw problem('forbidden');
  await mustHaveRoom(tx, [actor.userId]);
  const named = others.map((userId) => ({ userId, path: `memberIds[${memberIds.indexOf(userId)}]` }));
  await admit(tx, named, roles, [ownRole]);
  return { ownRole, userIds: [actor.userId, ...others] };
}

/**
 * Creates a task with members, labels and parent, and tells those who see it.
 * @throws `not_found` for a workspace that the creator is not in, `forbidden` for guests and customers, and the
 * problems of invalid fields
 */
export async function createTask(context: Creating, wanted: NewTask) {
  const { tx, now, actor } = context;
  const { workspaceId, fields, labelIds, source } = wanted;
  const { ownRole, userIds } = await admitted(context, wanted);
  const { timezone } = await meOf(tx, actor.userId);
  const setting = { userId: actor.userId, zone: timezone, now, occurrence: 1 };
  await holdProfiles(tx, [...userIds].sort());
  await lockRanks(tx, workspaceId);
  const parent = await lockedParent(context, wanted, ownRole);
  const columns = columnsAfter({ ...blank, visibility: parent?.visibility ?? blank.visibility }, fields, setting);
  await mustHaveLabels(tx, workspaceId, labelIds);
  const rank = await rankAtBoardEnd(tx, workspaceId);
  const row: TaskRow = {
    ...columns,
    id: newId(),
    workspace_id: workspaceId,
    rank,
    occurrence: 1,
    next_id: null,
    source_conversation_id: source?.conversationId ?? null,
    source_message_id: source?.messageId ?? null,
    comment_count: 0,
    owner_id: actor.userId,
    created_by: actor.userId,
    created_at: now,
    updated_at: now,
    deleted_at: null,
    deleted_by: null,
    version: 1,
  };
  const task = await addTask(context, row, userIds, labelIds);
  if (parent !== undefined) await publishTask(context, parent);
  return { task, workspaceRole: ownRole };
}

/** Locks and checks the parent of a new sub-task, which the creator must see. */
async function lockedParent(
  { tx, actor }: Creating,
  { workspaceId, fields }: NewTask,
  role: Parameters<typeof isVisitor>[0],
) {
  const { parentId } = fields;
  if (parentId === undefined || parentId === null) return undefined;
  const parent = (await lockTasks(tx, [parentId])).get(parentId);
  const isSeen = parent !== undefined && maySee(factsOf(parent, actor.userId, role));
  mustFitUnder(isSeen ? parent : undefined, workspaceId);
  return parent;
}

/** Splits a task of the contract into its columns and its relations. */
export function newTaskOf(
  workspaceId: string,
  input: Omit<ParsedInputOf<typeof tasks.create>, 'workspaceId'>,
): Omit<NewTask, 'source'> {
  const { memberIds, labelIds = [], ...fields } = input;
  return { workspaceId, memberIds, labelIds: [...new Set(labelIds)].slice(0, sizes.taskLabels), fields };
}
