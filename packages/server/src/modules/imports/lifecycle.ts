import type { TableLifecycles } from '../../platform/module/index.ts';

/** What becomes of the rows when a workspace is gone. */
export const importTables: TableLifecycles = {
  import_mapping: {
    whenGone: { workspace_id: 'deleted' },
    partOfExport: { not: 'what earlier imports have made here' },
  },
};
