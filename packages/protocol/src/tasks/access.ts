import type { AccessRuleSpec } from '../core/access.ts';

export const taskAccess = {
  'task:reader': {
    subject: 'taskId',
    description:
      'members of the task; for a task visible to its workspace, also owners, admins and members of the workspace',
    refusals: ['not_found'],
  },
  'task:member': {
    subject: 'taskId',
    description: 'members of the task',
    refusals: ['not_found', 'forbidden'],
  },
  'task:editor': {
    subject: 'taskId',
    description: 'people who can read the task, except customers',
    refusals: ['not_found', 'forbidden'],
  },
  'task:manager': {
    subject: 'taskId',
    description: 'the owner of the task, and admins of its workspace who can read the task',
    refusals: ['not_found', 'forbidden'],
  },
  'task:restorer': {
    subject: 'taskId',
    description: 'managers of a task in the trash',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
