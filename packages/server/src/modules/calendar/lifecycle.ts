import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when an account is deleted. */
export const calendarTables: TableLifecycles = {
  calendar_feed: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'the hash of a secret address, and when it was made' },
  },
};
