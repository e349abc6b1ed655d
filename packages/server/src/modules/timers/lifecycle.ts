import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace or an account is deleted. */
export const timerTables: TableLifecycles = {
  period_lock: {
    whenGone: { workspace_id: 'deleted', locked_by: 'kept' },
    partOfExport: { not: 'locks of the books of this instance, which an import could not write into' },
    exported: { not: 'the books of the workspace' },
  },
  last_action: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'one moment, which the next action replaces' },
  },
};
