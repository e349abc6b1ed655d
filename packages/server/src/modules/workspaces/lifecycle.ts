import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace or an account is deleted. */
export const workspaceTables: TableLifecycles = {
  workspace: {
    whenGone: { personal_of: 'deleted' },
    partOfExport: { not: 'an import goes into a workspace that has its own name and settings' },
    told: { not: 'a personal workspace is seen by its owner alone' },
    exported: { as: 'workspaces' },
  },
  membership: {
    whenGone: { workspace_id: 'deleted', account_id: 'deleted' },
    partOfExport: { as: 'people' },
    told: 'member:left',
    exported: { as: 'workspaces' },
  },
  join_code: {
    whenGone: { workspace_id: 'deleted', created_by: 'kept' },
    partOfExport: { not: 'codes let others in' },
    exported: { not: 'codes let others in; they belong to the workspace' },
  },
};
