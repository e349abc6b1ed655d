import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when an account is deleted. */
export const timesheetTables: TableLifecycles = {
  timesheet_link: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'links that work for ten minutes; the time itself is in the copy' },
  },
};
