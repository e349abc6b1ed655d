import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace or an account is deleted. */
export const timeTables: TableLifecycles = {
  task_time: { whenGone: { workspace_id: 'deleted' } },
  time_entry: {
    whenGone: { workspace_id: 'deleted', account_id: 'kept', author_id: 'kept' },
    exported: { as: 'time-entries' },
  },
  workspace_rate: { whenGone: { workspace_id: 'deleted' } },
};
