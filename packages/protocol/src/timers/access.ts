import type { AccessRuleSpec } from '../core/access.ts';

export const timerAccess = {
  'task:tracker': {
    subject: 'taskId',
    description: 'members of the task, except customers',
    refusals: ['not_found', 'forbidden'],
  },
  'timeEntry:editor': {
    subject: 'entryId',
    description: 'the person of the time entry, and managers of the task',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
