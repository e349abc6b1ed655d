import type { AccessRuleSpec } from '../core/access.ts';

export const fileAccess = {
  'attachment:reader': {
    subject: 'attachmentId',
    description: 'people who can read the task or the message of the file; before it has one, whoever uploaded it',
    refusals: ['not_found'],
  },
  'attachment:manager': {
    subject: 'attachmentId',
    description: 'whoever uploaded the file, and managers of its task',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
