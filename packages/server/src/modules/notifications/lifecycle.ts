import type { TableLifecycles } from '../../platform/module/index.ts';

/** What becomes of the rows when an account is gone. */
export const notificationTables: TableLifecycles = {
  delivery: {
    whenGone: { account_id: 'deleted' },
    exported: { not: 'says when something was sent, and goes 30 days later' },
  },
};
