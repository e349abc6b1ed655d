import type { AccessRuleSpec } from '../core/access.ts';

export const reminderAccess = {
  'reminder:party': {
    subject: 'reminderId',
    description: 'the person who is reminded, and the person who created the reminder',
    refusals: ['not_found'],
  },
  'reminder:recipient': {
    subject: 'reminderId',
    description: 'the person who is reminded',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
