import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when a conversation or an account is deleted. */
export const searchTables: TableLifecycles = {
  search_entry: {
    whenGone: { place_id: 'cleared', author_id: 'kept' },
    partOfExport: { not: 'an index, made anew' },
    exported: { not: 'an index of messages, which are exported themselves' },
  },
  search_position: { whenGone: {}, partOfExport: { not: 'up to where this instance has indexed' } },
};
