import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id } from '../core/primitives.ts';
import { retentionDays } from '../workspaces/retention-days.ts';
import { workspace } from '../workspaces/workspace.ts';
import { conversation } from './conversation.ts';

/** How long messages are kept. Where a workspace and its conversation both say, the shorter time counts. */
export const retention = operationGroup('retention', {
  setWorkspace: operation({
    summary: 'Keep messages of a workspace for so many days',
    description: 'Or for good. What is older is removed within the hour.',
    method: 'PUT',
    path: '/workspaces/:workspaceId/retention',
    access: 'workspace:owner',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, days: retentionDays }),
    output: workspace,
  }),
  setConversation: operation({
    summary: 'Keep messages of a conversation for so many days',
    description: 'Or as long as the workspace does.',
    method: 'PUT',
    path: '/conversations/:conversationId/retention',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject({ conversationId: id, days: retentionDays }),
    output: conversation,
  }),
});
