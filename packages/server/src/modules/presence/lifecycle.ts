import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when an account is deleted. */
export const presenceTables: TableLifecycles = {
  presence: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'it is shown of members, and member:left says who is none any more' },
    exported: { not: 'the last choice of a status and when it was, which the next one replaces' },
  },
};
