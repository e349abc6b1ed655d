import { expect, test } from 'vitest';
import { z } from 'zod';
import { collectHandlers } from './handlers.ts';
import { defineJob } from './job.ts';

const handled = (name: string) => defineJob(name, z.strictObject({})).handledBy(async () => undefined);

test('every job has one handler', () => {
  const handlers = collectHandlers([
    { name: 'a', jobs: [handled('one')] },
    { name: 'b', jobs: [handled('two')] },
    { name: 'c' },
  ]);
  expect([...handlers.keys()]).toEqual(['one', 'two']);
});

test('all duplicate handlers are named', () => {
  const owners = [
    { name: 'a', jobs: [handled('doubled'), handled('fine'), handled('twice')] },
    { name: 'b', jobs: [handled('doubled'), handled('twice')] },
  ];
  expect(() => collectHandlers(owners)).toThrow(
    'Invalid jobs: doubled has 2 handlers (a, b); twice has 2 handlers (a, b).',
  );
});
