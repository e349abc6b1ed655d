import { labels, type StreamName, sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { membershipOf, workspaceStream } from '../../workspaces/index.ts';
import {
  countLabels,
  deleteLabel,
  insertLabel,
  isLabelNameTaken,
  labelsOf,
  lockLabel,
  updateLabel,
  visitorsWithLabel,
} from '../rows/label-store.ts';
import { isStaff } from '../rows/policy.ts';
import { presentLabel } from '../rows/present.ts';

/** Throws `forbidden` for guests and customers. */
async function mustBeStaff(db: Executor, workspaceId: string, userId: string): Promise<void> {
  const membership = await membershipOf(db, workspaceId, userId);
  if (membership === undefined) throw problem('not_found');
  if (!isStaff(membership.role)) throw problem('forbidden');
}

const taken = () => problem('conflict', 'The workspace has a label of this name.');

/** The labels of workspaces. */
export const labelOperations: readonly Implementation[] = [
  read(labels.list, async ({ db, actor, input: { workspaceId } }) => {
    await mustBeStaff(db, workspaceId, actor.userId);
    return { items: (await labelsOf(db, [workspaceId])).map(presentLabel), nextCursor: null };
  }),

  command(labels.create, async ({ tx, actor, append, input: { workspaceId, name, color } }) => {
    await mustBeStaff(tx, workspaceId, actor.userId);
    const label = { id: newId(), workspace_id: workspaceId, name, color };
    if (!(await insertLabel(tx, label))) throw taken();
    if ((await countLabels(tx, workspaceId)) > sizes.labels) {
      throw problem('conflict', `A workspace has at most ${sizes.labels} labels.`);
    }
    append(workspaceStream(workspaceId), 'label:created', { labelId: label.id });
    return presentLabel(label);
  }),

  command(labels.update, async ({ tx, actor, append, input }) => {
    const { workspaceId, labelId, name, color } = input;
    await mustBeStaff(tx, workspaceId, actor.userId);
    const before = await lockLabel(tx, labelId);
    if (before?.workspace_id !== workspaceId) throw problem('not_found');
    const label = { ...before, name: name ?? before.name, color: color ?? before.color };
    if (label.name === before.name && label.color === before.color) return presentLabel(before);
    if (await isLabelNameTaken(tx, label)) throw taken();
    await updateLabel(tx, label);
    append(workspaceStream(workspaceId), 'label:updated', { labelId });
    return presentLabel(label);
  }),

  command(labels.delete, async ({ tx, append, input: { workspaceId, labelId } }) => {
    const label = await lockLabel(tx, labelId);
    if (label?.workspace_id !== workspaceId) throw problem('not_found');
    const visitors = (await visitorsWithLabel(tx, labelId)).map((id): StreamName => `user:${id}`);
    await deleteLabel(tx, labelId);
    for (const stream of [workspaceStream(workspaceId), ...visitors]) {
      append(stream, 'label:deleted', { workspaceId, labelId });
    }
    return {};
  }),
];
