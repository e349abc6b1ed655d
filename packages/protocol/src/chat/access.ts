import type { AccessRuleSpec } from '../core/access.ts';

export const chatAccess = {
  'conversation:reader': {
    subject: 'conversationId',
    description: 'members of the conversation; for a public channel, everyone who could join it',
    refusals: ['not_found'],
  },
  'conversation:member': {
    subject: 'conversationId',
    description: 'members of the conversation',
    refusals: ['not_found', 'forbidden'],
  },
  'conversation:manager': {
    subject: 'conversationId',
    description: 'managers of the conversation',
    refusals: ['not_found', 'forbidden'],
  },
  'conversation:exporter': {
    subject: 'conversationId',
    description:
      'managers of the conversation, owners of its workspace, and both participants of a direct conversation',
    refusals: ['not_found', 'forbidden'],
  },
  'user:known': {
    subject: 'userId',
    description: 'people who share a workspace with the user, or can read a message that the user wrote',
    refusals: ['not_found'],
  },
  'message:reader': {
    subject: 'messageId',
    description: 'people who can read the conversation of the message',
    refusals: ['not_found'],
  },
  'message:member': {
    subject: 'messageId',
    description: 'members of the conversation of the message',
    refusals: ['not_found', 'forbidden'],
  },
} as const satisfies Record<string, AccessRuleSpec>;
