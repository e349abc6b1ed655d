import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a workspace is deleted. */
export const importTables: TableLifecycles = {
  import_mapping: {
    whenGone: { workspace_id: 'deleted' },
    partOfExport: { not: 'what earlier imports have made here' },
  },
};
