export { useSearch } from './hooks.ts';
export { readSearch, searchAddress } from './model/query.ts';
export { type SearchQuery, SearchScreen } from './screens/search-screen.tsx';
