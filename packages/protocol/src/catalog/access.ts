import type { AccessRuleSpec } from '../core/access.ts';

export const catalogAccess = {
  'shop:reader': {
    subject: 'workspaceId',
    description: 'members of the workspace; while its shop is public, anyone',
    refusals: ['not_found'],
    signedOut: true,
  },
  'product:reader': {
    subject: 'productId',
    description:
      'members of the workspace; while its shop is public, anyone. Inactive products are visible to staff only',
    refusals: ['not_found'],
    signedOut: true,
  },
  'product:manager': {
    subject: 'productId',
    description: 'admins and owners of the workspace',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
