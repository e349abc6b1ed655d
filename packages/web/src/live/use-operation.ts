import type { AtriumError, InputNamed, OperationName, OutputNamed } from '@atrium/client';
import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import type { PagedName } from './queries.ts';

/**
 * Asks an operation that reads, and keeps its answer. Components that ask the same share one request; events of the
 * stream keep the answer fresh (see invalidation.ts), time does not.
 * @param input undefined: there is nothing to ask yet
 */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: InputNamed<Name> | undefined,
): UseQueryResult<OutputNamed<Name>, AtriumError> {
  return useQuery<OutputNamed<Name>, AtriumError>({
    queryKey: [name, input],
    queryFn: ({ signal }) => client.call(name, input as InputNamed<Name>, { signal }),
    enabled: input !== undefined,
  });
}

/**
 * The same of a report, which no event makes old: it is asked anew whenever it is opened. The last answer is shown until
 * the next one is there.
 */
export function useReport<Name extends OperationName>(
  name: Name,
  input: InputNamed<Name>,
): UseQueryResult<OutputNamed<Name>, AtriumError> {
  return useQuery<OutputNamed<Name>, AtriumError>({
    queryKey: [name, input],
    queryFn: ({ signal }) => client.call(name, input, { signal }),
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** The same of one operation with several inputs, in their order. */
export function useOperations<Name extends OperationName>(
  name: Name,
  inputs: readonly InputNamed<Name>[],
): UseQueryResult<OutputNamed<Name>, AtriumError>[] {
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: [name, input],
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call(name, input, { signal }),
    })),
  }) as UseQueryResult<OutputNamed<Name>, AtriumError>[];
}

/** Keeps what a part of an answer says, fresh by the same events as the operation that it is asked of. */
export function usePartOf<Part>(
  name: OperationName,
  key: string,
  ask: (key: string) => Promise<Part>,
): UseQueryResult<Part, AtriumError> {
  return useQuery<Part, AtriumError>({ queryKey: [name, key], queryFn: () => ask(key) });
}

/** A list that is asked page by page. */
export interface Pages<Item> {
  /** Undefined until the first page is there. */
  items: readonly Item[] | undefined;
  error: AtriumError | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/**
 * The same for operations that answer in pages.
 * @param input undefined: there is nothing to ask yet
 */
export function useOperationPages<Name extends PagedName>(
  name: Name,
  input: InputNamed<Name> | undefined,
): Pages<OutputNamed<Name>['items'][number]> {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: [name, input],
    queryFn: ({ pageParam, signal }) =>
      client.call(name, { ...input, ...(pageParam !== null && { cursor: pageParam }) } as InputNamed<Name>, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: OutputNamed<Name>) => nextCursor,
    enabled: input !== undefined,
  });
  return {
    items: data?.pages.flatMap(({ items }) => items as OutputNamed<Name>['items'][number][]),
    error: error as AtriumError | null,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
