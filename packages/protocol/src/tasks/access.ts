import type { AccessRuleSpec } from '../core/access.ts';

export const taskAccess = {
  'task:reader': {
    subject: 'taskId',
    description: 'members of the task; for a task that is visible to its workspace, everyone who works there',
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
    description: 'the owner of the task, and admins of its workspace who can read it',
    refusals: ['not_found', 'forbidden'],
  },
  'task:restorer': {
    subject: 'taskId',
    description: 'managers of a task that is in the trash',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
