import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace or an account is gone. */
export const workspaceTables: TableLifecycles = {
  workspace: { whenGone: { personal_of: 'deleted' }, exported: { as: 'workspaces' } },
  membership: { whenGone: { workspace_id: 'deleted', account_id: 'deleted' }, exported: { as: 'workspaces' } },
  join_code: {
    whenGone: { workspace_id: 'deleted', created_by: 'kept' },
    exported: { not: 'codes let others in; they belong to the workspace' },
  },
};
