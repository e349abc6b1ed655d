import type { AccessRuleSpec } from '../core/access.ts';

export const fileAccess = {
  'attachment:uploader': {
    subject: 'workspaceId',
    description: 'members of the workspace; without a workspaceId, everyone who is signed in',
    refusals: ['not_found'],
  },
  'attachment:reader': {
    subject: 'attachmentId',
    description:
      'people who can read the task or the message of the file, or see the person or the product that it shows; before it has one, whoever uploaded it',
    refusals: ['not_found'],
  },
  'attachment:manager': {
    subject: 'attachmentId',
    description: 'whoever uploaded the file; managers of its task; who may change the product that it shows',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
