import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace, a conversation or an account is deleted. */
export const taskTables: TableLifecycles = {
  task: {
    whenGone: {
      workspace_id: 'deleted',
      source_conversation_id: 'kept',
      owner_id: 'replaced',
      created_by: 'kept',
      completed_by: 'kept',
      deleted_by: 'kept',
    },
    partOfExport: { as: 'tasks' },
    told: 'task:updated',
    exported: { as: 'tasks' },
  },
  task_member: {
    whenGone: { workspace_id: 'deleted', account_id: 'deleted' },
    partOfExport: { as: 'tasks' },
    told: 'task:membersUpdated',
    exported: { as: 'tasks' },
  },
  task_comment: {
    whenGone: { author_id: 'kept' },
    partOfExport: { as: 'tasks' },
    exported: { as: 'task-comments' },
  },
  task_activity: {
    whenGone: { actor_id: 'kept' },
    partOfExport: { not: 'the import is its own history' },
    exported: { not: 'the history of a task belongs to everyone who sees it' },
  },
  label: { whenGone: { workspace_id: 'deleted' }, partOfExport: { as: 'tasks' } },
  task_label: { whenGone: {}, partOfExport: { as: 'tasks' } },
};
