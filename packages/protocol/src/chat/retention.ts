import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id } from '../core/primitives.ts';
import { retentionDays } from '../workspaces/retention-days.ts';
import { workspace } from '../workspaces/workspace.ts';
import { conversation } from './conversation.ts';

/** Retention periods. If both the workspace and the conversation set one, the shorter one applies. */
export const retention = operationGroup('retention', {
  setWorkspace: operation({
    summary: 'Set the retention period of a workspace',
    description: 'In days; null keeps messages forever. Older messages are removed within the hour.',
    method: 'PUT',
    path: '/workspaces/:workspaceId/retention',
    access: 'workspace:owner',
    limit: 'user',
    destructive: true,
    example: { days: 365 },
    input: z.strictObject({ workspaceId: id, days: retentionDays }),
    output: workspace,
  }),
  setConversation: operation({
    summary: 'Set the retention period of a conversation',
    description: "In days; null applies the workspace's setting. If both are set, the shorter period applies.",
    method: 'PUT',
    path: '/conversations/:conversationId/retention',
    access: 'conversation:manager',
    limit: 'user',
    destructive: true,
    example: { days: 90 },
    input: z.strictObject({ conversationId: id, days: retentionDays }),
    output: conversation,
  }),
});
