import { useOperationPages } from '../../live/use-operation.ts';
import type { SearchQuery } from './model/query.ts';

/** What is found, page by page; undefined: nothing is searched for. */
export function useSearch(query: SearchQuery | undefined) {
  const asked = Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== undefined));
  return useOperationPages('search.messages', query && { ...asked, limit: 20 });
}
