import { useLocation } from '@tanstack/react-router';
import { useMemo } from 'react';
import { readSearch, SearchScreen } from '../features/search/index.ts';

/** The search in the URL. */
export function SearchPage() {
  const { searchStr } = useLocation();
  const query = useMemo(() => readSearch(new URLSearchParams(searchStr)), [searchStr]);
  return <SearchScreen query={query} />;
}
