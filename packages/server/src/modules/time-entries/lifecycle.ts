import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace or an account is deleted. */
export const timeTables: TableLifecycles = {
  task_time: { whenGone: { workspace_id: 'deleted' }, partOfExport: { not: 'the sum of the time entries' } },
  time_entry: {
    whenGone: { workspace_id: 'deleted', account_id: 'kept', author_id: 'kept' },
    partOfExport: { as: 'tasks' },
    exported: { as: 'time-entries' },
  },
  workspace_rate: {
    whenGone: { workspace_id: 'deleted' },
    partOfExport: { not: 'the price of an hour is set by whoever runs the new workspace' },
  },
};
