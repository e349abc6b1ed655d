import type { TaskState } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { compareBy, dueGroup, groupByDue, listAddress, readFilters, typedLink } from './model.ts';

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

describe('orders of the list', () => {
  const some = [
    task('a', { title: 'Bed 10', priority: 'low', createdAt: '2026-11-03T00:00:00Z', rank: 'a' }),
    task('b', { title: 'bed 9', priority: 'high', createdAt: '2026-11-01T00:00:00Z', rank: 'Z' }),
    task('c', { title: 'Apples', priority: 'high', createdAt: '2026-11-02T00:00:00Z', rank: 'b', dueOn: '2026-11-26' }),
  ];
  it.each([
    ['priority', ['c', 'b', 'a']],
    ['created', ['a', 'c', 'b']],
    ['title', ['c', 'b', 'a']],
    ['manual', ['b', 'a', 'c']],
  ] as const)('by %s', (order, ids) => {
    expect([...some].sort(compareBy(order, dayKey)).map(({ id }) => id)).toEqual(ids);
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
