import type { TableLifecycles } from '../../platform/module/index.ts';

/** What becomes of the rows when an account is gone. */
export const calendarTables: TableLifecycles = {
  calendar_feed: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'the hash of a secret address, and when it was made' },
  },
};
