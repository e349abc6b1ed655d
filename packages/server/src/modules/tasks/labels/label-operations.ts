import { labels, type StreamName, sizes, type WorkspaceRole } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { workspaceStream } from '../../workspaces/index.ts';
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
function mustBeStaff({ role }: { role: WorkspaceRole }): void {
  if (!isStaff(role)) throw problem('forbidden');
}

const taken = () => problem('conflict', 'The workspace has a label of this name.');

/** Operations on the labels of workspaces. */
export const labelOperations: readonly Implementation[] = [
  read(labels.list, async ({ db, input: { workspaceId }, subject }) => {
    mustBeStaff(subject);
    return { items: (await labelsOf(db, [workspaceId])).map(presentLabel), nextCursor: null };
  }),

  command(labels.create, async ({ tx, append, input: { workspaceId, name, color }, subject }) => {
    mustBeStaff(subject);
    const label = { id: newId(), workspace_id: workspaceId, name, color };
    if (!(await insertLabel(tx, label))) throw taken();
    if ((await countLabels(tx, workspaceId)) > sizes.labels) {
      throw problem('conflict', `A workspace has at most ${sizes.labels} labels.`);
    }
    append(workspaceStream(workspaceId), 'label:created', { labelId: label.id });
    return presentLabel(label);
  }),

  command(labels.update, async ({ tx, append, input, subject }) => {
    const { workspaceId, labelId, name, color } = input;
    mustBeStaff(subject);
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
