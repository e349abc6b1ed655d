import type { TableLifecycles } from '../../platform/module/index.ts';

const counted = 'counted from the tasks and completions in the copy';

/** What becomes of the rows when an account or a workspace is gone. */
export const analyticsTables: TableLifecycles = {
  // The workspace goes on counting what was done in it, as it keeps the tasks themselves.
  completion: {
    whenGone: { account_id: 'kept', workspace_id: 'replaced' },
    partOfExport: { not: 'counted from the tasks' },
    exported: { as: 'completions' },
  },
  completion_calendar: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: counted },
  },
  completion_day: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: counted },
  },
  task_count: { whenGone: { account_id: 'deleted' }, told: { not: 'only they saw it' }, exported: { not: counted } },
  analytics_preferences: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'choices that the settings show' },
  },
  message_count: {
    whenGone: { workspace_id: 'deleted' },
    partOfExport: { not: 'counted from the messages' },
    exported: { not: 'numbers of a workspace' },
  },
  message_sender: {
    whenGone: { workspace_id: 'deleted', account_id: 'kept' },
    partOfExport: { not: 'counted from the messages' },
    exported: { not: 'counted from the messages in the copy' },
  },
  message_count_position: { whenGone: {}, partOfExport: { not: 'up to where this instance has counted' } },
};
