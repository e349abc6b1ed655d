import type { TableLifecycles } from '../../platform/module/index.ts';

const OF_THE_WORKSPACE = { not: 'tasks and what is said about them belong to the workspace' } as const;

/** What becomes of the rows when a workspace, a conversation or an account is gone. */
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
    exported: OF_THE_WORKSPACE,
  },
  task_member: { whenGone: { workspace_id: 'deleted', account_id: 'deleted' }, exported: OF_THE_WORKSPACE },
  task_comment: { whenGone: { author_id: 'kept' }, exported: OF_THE_WORKSPACE },
  task_activity: { whenGone: { actor_id: 'kept' }, exported: OF_THE_WORKSPACE },
  label: { whenGone: { workspace_id: 'deleted' } },
};
