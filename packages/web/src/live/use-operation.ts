import type { AtriumError, InputNamed, OperationName, OutputNamed } from '@atrium/client';
import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from './client.ts';
import type { PagedName } from './queries.ts';
import { answerKey, pagesKey } from './query-keys.ts';

/**
 * Calls a reading operation, and caches its result. Components with the same input share one request; live events keep
 * the result up to date (see invalidation.ts), time does not.
 * @param input undefined: nothing to load yet
 */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: InputNamed<Name> | undefined,
): UseQueryResult<OutputNamed<Name>, AtriumError> {
  return useQuery<OutputNamed<Name>, AtriumError>({
    queryKey: answerKey(name, input),
    queryFn: ({ signal }) => client.call(name, input as InputNamed<Name>, { signal }),
    enabled: input !== undefined,
  });
}

/**
 * The same for a report, which no event invalidates: it is loaded again whenever it is opened. The previous result is
 * shown meanwhile.
 */
export function useReport<Name extends OperationName>(
  name: Name,
  input: InputNamed<Name>,
): UseQueryResult<OutputNamed<Name>, AtriumError> {
  return useQuery<OutputNamed<Name>, AtriumError>({
    queryKey: answerKey(name, input),
    queryFn: ({ signal }) => client.call(name, input, { signal }),
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** The same for one operation with several inputs, in their order. */
export function useOperations<Name extends OperationName>(
  name: Name,
  inputs: readonly InputNamed<Name>[],
): UseQueryResult<OutputNamed<Name>, AtriumError>[] {
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: answerKey(name, input),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call(name, input, { signal }),
    })),
  }) as UseQueryResult<OutputNamed<Name>, AtriumError>[];
}

/** A list that is loaded page by page. */
export interface Pages<Item> {
  /** Undefined until the first page is loaded. */
  items: readonly Item[] | undefined;
  error: AtriumError | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/**
 * The same for operations with paged results.
 * @param input undefined: nothing to load yet
 */
export function useOperationPages<Name extends PagedName>(
  name: Name,
  input: InputNamed<Name> | undefined,
): Pages<OutputNamed<Name>['items'][number]> {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: pagesKey(name, input),
    queryFn: ({ pageParam, signal }) =>
      client.call(name, { ...input, ...(pageParam !== null && { cursor: pageParam }) } as InputNamed<Name>, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: OutputNamed<Name>) => nextCursor,
    enabled: input !== undefined,
  });
  const items = useMemo(
    () => data?.pages.flatMap((page) => page.items as OutputNamed<Name>['items'][number][]),
    [data],
  );
  return {
    items,
    error: error as AtriumError | null,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
