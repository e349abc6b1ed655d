import type { AccessRuleSpec } from '../core/access.ts';

export const workspaceAccess = {
  'user:acquainted': {
    subject: 'userId',
    description: 'people who share a workspace with the user',
    refusals: ['not_found'],
  },
  'workspace:member': {
    subject: 'workspaceId',
    description: 'members of the workspace',
    refusals: ['not_found'],
  },
  'workspace:admin': {
    subject: 'workspaceId',
    description: 'admins and owners of the workspace',
    refusals: ['not_found', 'forbidden'],
    scope: 'admin',
  },
  'workspace:owner': {
    subject: 'workspaceId',
    description: 'owners of the workspace',
    refusals: ['not_found', 'forbidden'],
    scope: 'admin',
  },
} as const satisfies Record<string, AccessRuleSpec>;
