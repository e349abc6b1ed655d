import { type InfiniteData, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { answerKey, answersOf, pagesKey, pagesOf } from './query-keys.ts';

/** A cache with a result and pages of one operation for the same input, and a result of another operation. */
function filled(): QueryClient {
  const queries = new QueryClient();
  queries.setQueryData(answerKey('tasks.list', { limit: 1 }), { items: ['a'] });
  queries.setQueryData(pagesKey('tasks.list', { limit: 1 }), { pages: [{ items: ['b'] }], pageParams: [null] });
  queries.setQueryData(answerKey('tasks.get', { taskId: '1' }), { items: ['c'] });
  return queries;
}

it('finds the results of single calls and the pages of an operation apart', () => {
  const queries = filled();
  expect(queries.getQueriesData(answersOf('tasks.list')).map(([, data]) => data)).toEqual([{ items: ['a'] }]);
  expect(queries.getQueriesData(pagesOf('tasks.list')).map(([, data]) => data)).toEqual([
    { pages: [{ items: ['b'] }], pageParams: [null] },
  ]);
});

it('patches one kind without a look at the other', () => {
  const queries = filled();
  const upper = (items: readonly string[]) => items.map((item) => item.toUpperCase());
  queries.setQueriesData<{ items: string[] }>(
    answersOf('tasks.list'),
    (answer) => answer && { items: upper(answer.items) },
  );
  queries.setQueriesData<InfiniteData<{ items: string[] }>>(
    pagesOf('tasks.list'),
    (kept) => kept && { ...kept, pages: kept.pages.map(({ items }) => ({ items: upper(items) })) },
  );
  expect(queries.getQueryData(answerKey('tasks.list', { limit: 1 }))).toEqual({ items: ['A'] });
  expect(queries.getQueryData(pagesKey('tasks.list', { limit: 1 }))).toMatchObject({ pages: [{ items: ['B'] }] });
  expect(queries.getQueryData(answerKey('tasks.get', { taskId: '1' }))).toEqual({ items: ['c'] });
});

it('invalidates both by the name of the operation', async () => {
  const queries = filled();
  await queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => name === 'tasks.list' });
  const isInvalid = (key: readonly unknown[]) => queries.getQueryState(key)?.isInvalidated;
  expect(isInvalid(answerKey('tasks.list', { limit: 1 }))).toBe(true);
  expect(isInvalid(pagesKey('tasks.list', { limit: 1 }))).toBe(true);
  expect(isInvalid(answerKey('tasks.get', { taskId: '1' }))).toBe(false);
});
