import type { OperationName } from '@atrium/client';
import type { QueryFilters } from '@tanstack/react-query';

/** Distinguishes the keys of paged results, which have another shape than the result of one call. */
const PAGES = 'pages';

/** The key under which the result of one call is cached. */
export const answerKey = (name: OperationName, input: unknown) => [name, input] as const;

/** The key under which the pages of a list are cached. */
export const pagesKey = (name: OperationName, input: unknown) => [name, PAGES, input] as const;

/** All cached results of single calls of an operation. */
export const answersOf = (name: OperationName): QueryFilters => ({
  queryKey: [name],
  predicate: ({ queryKey }) => queryKey[1] !== PAGES,
});

/** All cached pages of an operation. */
export const pagesOf = (name: OperationName): QueryFilters => ({ queryKey: [name, PAGES] });
