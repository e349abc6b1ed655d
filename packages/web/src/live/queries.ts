import { AtriumError, type OperationName, type OutputNamed } from '@atrium/client';
import { type InfiniteData, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import { invalidations } from './invalidation.ts';
import { answersOf, pagesOf } from './query-keys.ts';

/** Operations with paged results. */
export type PagedName = {
  [Name in OperationName]: OutputNamed<Name> extends { items: unknown[]; nextCursor: string | null } ? Name : never;
}[OperationName];

/** How long events are collected before the affected queries are refetched. */
const GATHER_MS = 250;

// By default subscribers are notified in a later timeout: by then React has reset a controlled input to its old state,
// so that a choice that is patched in flickers.
notifyManager.setScheduler(queueMicrotask);

/** The cache of query results. Only events invalidate them. */
export const queries = new QueryClient({
  queryCache: new QueryCache({
    // What the user may no longer see is not shown any longer; after any other failure the last result stays.
    onError: (error, query) => {
      const isLost = error instanceof AtriumError && (error.code === 'not_found' || error.code === 'forbidden');
      if (isLost && query.state.data !== undefined) query.setState({ data: undefined });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      // The client itself retries when that can help.
      retry: (count, error) => count < 2 && error instanceof AtriumError && error.code === 'network',
    },
  },
});

/** Keeps results up to date from now on. @returns a function that stops it */
export function keepFresh(): () => void {
  let due = new Set<string>();
  const ask = (names: readonly string[]) => {
    if (names.length === 0) return;
    if (due.size === 0) setTimeout(flush, GATHER_MS);
    for (const name of names) due.add(name);
  };
  const flush = () => {
    const names = due;
    due = new Set();
    void queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => names.has(String(name)) });
  };
  const stops = [
    client.on('event', ({ type }) => ask(invalidations[type as keyof typeof invalidations] ?? [])),
    // Events in between were missed.
    client.on('reset', () => void queries.invalidateQueries()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Changes the items in all cached pages of an operation, until events invalidate them. */
export function patchPages<Name extends PagedName>(
  name: Name,
  patch: (item: OutputNamed<Name>['items'][number]) => OutputNamed<Name>['items'][number],
): void {
  queries.setQueriesData<InfiniteData<OutputNamed<Name>>>(
    pagesOf(name),
    (kept) => kept && { ...kept, pages: kept.pages.map((page) => ({ ...page, items: page.items.map(patch) })) },
  );
}

/** Changes the cached results of single calls of an operation, not its pages, until events invalidate them. */
export function patchAnswers<Name extends OperationName>(
  name: Name,
  patch: (answer: OutputNamed<Name>) => OutputNamed<Name>,
): void {
  queries.setQueriesData<OutputNamed<Name>>(answersOf(name), (answer) => answer && patch(answer));
}
