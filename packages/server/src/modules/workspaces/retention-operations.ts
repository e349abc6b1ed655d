import { retention } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../platform/module/index.ts';
import { recordAudit } from '../identity/index.ts';
import { presentWorkspace } from './present.ts';
import { setRetention } from './store.ts';
import { publishWorkspace } from './visibility.ts';

/** Sets how long messages of a workspace are kept. */
export const retentionOperation: Implementation = command(
  retention.setWorkspace,
  async (context) => {
    const { actor, input, subject, tx } = context;
    const { workspaceId, days } = input;
    const { workspace } = subject;
    if (workspace.retentionDays === days) return presentWorkspace(workspace);
    const changed = await setRetention(tx, workspaceId, days);
    if (changed === undefined) throw problem('not_found');
    await publishWorkspace(context, workspaceId);
    const details = { days: days ?? 'for good', before: workspace.retentionDays ?? 'for good' };
    await recordAudit(tx, context, {
      kind: 'retention_changed',
      actorId: actor.userId,
      targetId: workspaceId,
      details,
    });
    return presentWorkspace(changed);
  },
  { lock: 'change' },
);
