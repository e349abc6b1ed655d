import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when an account, a workspace or a conversation is deleted. */
export const reminderTables: TableLifecycles = {
  reminder: {
    whenGone: {
      account_id: 'deleted',
      created_by: 'kept',
      workspace_id: 'deleted',
      conversation_id: 'deleted',
    },
    partOfExport: { not: 'reminders are personal; they are in the data export of each person' },
    told: { not: 'only they saw it' },
    exported: { as: 'reminders' },
  },
  morning_digest: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'says of which day the last digest was' },
  },
};
