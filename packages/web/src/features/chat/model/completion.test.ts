import { describe, expect, it } from 'vitest';
import { best, completionAt, rankOf } from './completion.ts';

describe('the completion at the caret', () => {
  it.each([
    ['@', 'person', ''],
    ['Hello @Be', 'person', 'be'],
    ['(@an', 'person', 'an'],
    ['well :ta', 'emoji', 'ta'],
    ['/', 'command', ''],
    ['/Ta', 'command', 'ta'],
    ['one\n@b', 'person', 'b'],
    ['`code` @b', 'person', 'b'],
  ])('%j: %s %j', (text, kind, query) => {
    const found = completionAt(text, text.length);
    expect(found).toMatchObject({ kind, query, to: text.length });
    expect(found?.from).toBe(text.length - query.length - 1);
  });

  it.each(['', 'ann@b', 'at 9:4', ':t', ':)', 'a/b', '/task x', '#gen', 'in `@b', '```\n@b', '@ann '])(
    '%j: nothing',
    (text) => {
      expect(completionAt(text, text.length)).toBeUndefined();
    },
  );

  it('uses only the text before the caret', () => {
    expect(completionAt('@be later', 3)).toMatchObject({ query: 'be', from: 0, to: 3 });
  });
});

it('ranks names that begin with the query above names that contain it', () => {
  const people = ['Urban Oak', 'Ann Urban', 'Truben', 'Ben'];
  expect(best(people, (name) => rankOf('urb', name))).toEqual(['Urban Oak', 'Ann Urban']);
  expect(best(people, (name) => rankOf('ben', name))).toEqual(['Ben', 'Truben']);
  expect(best(people, (name) => rankOf('', name), 2)).toHaveLength(2);
});
