import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when an account or a workspace is deleted. */
export const demoTables: TableLifecycles = {
  demo_person: {
    whenGone: { account_id: 'deleted', workspace_id: 'deleted' },
    partOfExport: { not: 'says which people are invented here' },
    told: { not: 'nobody sees it' },
    exported: { not: 'says of an invented person that they are invented' },
  },
};
