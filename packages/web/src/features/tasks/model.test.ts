import type { TaskState } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { compareBy, dueGroup, groupByDue, listAddress, mergeLists, readFilters, typedLink } from './model.ts';

const days = { today: '2026-11-26', tomorrow: '2026-11-27', weekEnd: '2026-12-02' };
/** A zone without an offset. */
const dayKey = (at: string) => at.slice(0, 10);

const task = (id: string, part: Partial<TaskState>): TaskState =>
  ({ id, title: id, priority: 'medium', dueAt: null, dueOn: null, ...part }) as TaskState;

describe('the group of a task', () => {
  it.each([
    ['before', { dueAt: '2026-11-25T23:59:59Z', dueOn: null }],
    ['before', { dueAt: null, dueOn: '2026-11-25' }],
    ['today', { dueAt: '2026-11-26T00:00:00Z', dueOn: null }],
    ['today', { dueAt: null, dueOn: '2026-11-26' }],
    ['tomorrow', { dueAt: null, dueOn: '2026-11-27' }],
    ['week', { dueAt: null, dueOn: '2026-12-02' }],
    ['later', { dueAt: null, dueOn: '2026-12-03' }],
    ['none', { dueAt: null, dueOn: null }],
  ] as const)('in the group %s: %o', (group, due) => {
    expect(dueGroup(due, days, dayKey)).toBe(group);
  });
});

it('sorts by time, then days without a time, then priority and title', () => {
  const found = groupByDue(
    [
      task('b', { dueOn: '2026-11-26' }),
      task('a', { dueOn: '2026-11-26' }),
      task('high', { dueOn: '2026-11-26', priority: 'high' }),
      task('late', { dueAt: '2026-11-26T15:30:00Z' }),
      task('early', { dueAt: '2026-11-26T12:00:00Z' }),
      task('none', {}),
    ],
    days,
    dayKey,
  );
  expect(found.map(({ group, tasks }) => [group, tasks.map(({ id }) => id)])).toEqual([
    ['today', ['early', 'late', 'high', 'a', 'b']],
    ['none', ['none']],
  ]);
});

it('keeps filters in the URL', () => {
  const filters = {
    ...({ scope: 'visible', status: 'completed', view: 'board', order: 'title', priority: 'high' } as const),
    ...{ member: '01a22a14-92ab-77a5-8507-28402a31bb48', q: 'pots & soil' },
  };
  const { searchParams } = new URL(listAddress('w1', filters), 'http://localhost');
  expect(readFilters(Object.fromEntries(searchParams))).toEqual(filters);
  expect(listAddress('w1', readFilters({}))).toBe('/w/w1/tasks');
  expect(readFilters({ scope: 'all', status: 1, order: 'due', member: 'ben', priority: 'urgent', q: '' })).toEqual({
    scope: 'mine',
    status: 'open',
  });
});

it('ignores a member where none can be chosen', () => {
  const member = '01a22a14-92ab-77a5-8507-28402a31bb48';
  expect(readFilters({ scope: 'mine', member }).member).toBeUndefined();
  expect(readFilters({ scope: 'visible', member }).member).toBe(member);
});

describe('orders of the list, as those of the server', () => {
  const some = [
    task('a', { title: 'Bed 10', priority: 'low', rank: 'a', dueOn: '2026-11-26' }),
    task('b', { title: 'bed 9', priority: 'high', rank: 'Z', dueAt: '2026-11-26T23:00:00Z' }),
    task('c', { title: 'Apples', priority: 'high', rank: 'b', dueOn: '2026-11-25' }),
    task('d', { title: 'Äpfel', priority: 'low', rank: 'a' }),
    task('e', { title: '\u{1f331}', priority: 'medium', rank: 'c' }),
    task('f', { title: '\uff21', priority: 'medium', rank: 'c' }),
  ];
  it.each([
    ['due', ['c', 'b', 'a', 'd', 'e', 'f']],
    ['priority', ['c', 'b', 'f', 'e', 'd', 'a']],
    ['created', ['f', 'e', 'd', 'c', 'b', 'a']],
    ['title', ['c', 'a', 'b', 'd', 'f', 'e']],
    ['manual', ['b', 'a', 'd', 'c', 'e', 'f']],
  ] as const)('by %s', (order, ids) => {
    for (const tasks of [some, some.toReversed()]) {
      expect(tasks.sort(compareBy(order)).map(({ id }) => id)).toEqual(ids);
    }
  });

  it('compares the beginning of a longer title as smaller', () => {
    const found = [task('a', { title: 'Beds' }), task('b', { title: 'Bed' })].sort(compareBy('title'));
    expect(found.map(({ title }) => title)).toEqual(['Bed', 'Beds']);
  });
});

describe('lists of which some pages are loaded', () => {
  const list = (ids: string, hasMore: boolean) => ({ items: [...ids].map((id) => task(id, {})), hasMore });
  it.each([
    ['all of both', list('ace', false), list('bdf', false), 'acebdf'],
    ['to the end of the only one that has more', list('ac', true), list('bdf', false), 'acb'],
    ['to the end that is earlier', list('ae', true), list('bc', true), 'abc'],
    ['one that is empty', list('ac', true), list('', false), 'ac'],
  ])('shows %s', (_, one, other, shown) => {
    expect(
      mergeLists([one, other], 'title')
        .map(({ id }) => id)
        .join(''),
    ).toBe(shown);
  });
});

it.each([
  ['', null],
  ['  ', null],
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  [' example.org/plan ', 'https://example.org/plan'],
  ['localhost:3000', 'https://localhost:3000/'],
  ['http://[::1]/', 'http://[::1]/'],
  ['bücher.example', 'https://xn--bcher-kva.example/'],
  ['seeds', undefined],
  ['two words', undefined],
  ['javascript:alert(1)', undefined],
  ['javascript://example.org/%0Aalert(1)', undefined],
  ['ftp://example.org', undefined],
  ['mailto:ann@example.org', undefined],
])('reads %j as the link %j', (typed, link) => {
  expect(typedLink(typed)).toBe(link);
});
