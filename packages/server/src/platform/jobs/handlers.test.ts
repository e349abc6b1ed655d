import { expect, test } from 'vitest';
import { collectHandlers } from './handlers.ts';
import type { JobName } from './job.ts';

function collect(owners: { name: string; jobs?: object }[], ...declared: string[]) {
  return collectHandlers(owners, Object.fromEntries(declared.map((name) => [name, true])) as Record<JobName, true>);
}
const handler = async () => undefined;

test('every declared job has one handler', () => {
  const handlers = collect(
    [{ name: 'a', jobs: { one: handler } }, { name: 'b', jobs: { two: handler } }, { name: 'c' }],
    'one',
    'two',
  );
  expect([...handlers.keys()]).toEqual(['one', 'two']);
});

test('a missing, a doubled and an undeclared handler are all named', () => {
  const owners = [
    { name: 'a', jobs: { doubled: handler, stray: handler } },
    { name: 'b', jobs: { doubled: handler } },
  ];
  expect(() => collect(owners, 'doubled', 'missing')).toThrow(
    'The jobs do not fit together: stray is handled by a but not declared; doubled has 2 handlers (a, b); missing has no handler.',
  );
});
