import type { AccessRuleSpec } from '../core/access.ts';

export const orderAccess = {
  'order:reader': {
    subject: 'orderId',
    description: 'owners, admins and members of the workspace, and the buyer while they are in it',
    refusals: ['not_found'],
  },
  'desk:staff': {
    subject: 'workspaceId',
    description: 'owners, admins and members of the workspace',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
