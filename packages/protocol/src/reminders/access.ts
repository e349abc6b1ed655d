import type { AccessRuleSpec } from '../core/access.ts';

export const reminderAccess = {
  'reminder:party': {
    subject: 'reminderId',
    description: 'the recipient and the creator of the reminder',
    refusals: ['not_found'],
  },
  'reminder:recipient': {
    subject: 'reminderId',
    description: 'the recipient of the reminder',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
