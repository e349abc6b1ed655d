import type { TaskState, TaskStatus } from '@atrium/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS, type Columns, columnsOf, dropPosition, latest, moveTo, positionOf, stepFrom } from './model.ts';

const task = (id: string, status: TaskStatus, rank: string, version = 1): TaskState =>
  ({ id, status, rank, version, completedAt: null }) as TaskState;
const completed = (id: string, completedAt: string | null): TaskState => ({
  ...task(id, 'completed', 'a0'),
  completedAt,
});

const columns = columnsOf([
  task('c', 'todo', 'a2'),
  task('a', 'todo', 'a0'),
  task('b', 'todo', 'a1'),
  task('d', 'in-progress', 'a0'),
]);
const ids = (all: Columns, status: TaskStatus) => all[status].map(({ id }) => id);

it('sorts each column by rank, as text', () => {
  expect(COLUMNS.map((status) => ids(columns, status))).toEqual([['a', 'b', 'c'], ['d'], []]);
  expect(ids(columnsOf([task('y', 'todo', 'a'), task('x', 'todo', 'Z')]), 'todo')).toEqual(['x', 'y']);
});

it('sorts what is completed by its time, the latest first, and moves nothing there', () => {
  const done = columnsOf([
    completed('old', '2026-11-01T10:00:00Z'),
    completed('new', '2026-11-24T10:00:00Z'),
    completed('now', null),
    task('open', 'todo', 'a0'),
  ]);
  expect(ids(done, 'completed')).toEqual(['now', 'new', 'old']);
  expect(stepFrom(done, { status: 'completed', index: 1 }, 'up')).toBeUndefined();
  expect(stepFrom(done, { status: 'completed', index: 1 }, 'down')).toBeUndefined();
  expect(moveTo(done, 'old', { status: 'completed', index: 0 })).toBeUndefined();
  expect(moveTo(done, 'open', { status: 'completed', index: 2 })).toMatchObject({ afterId: null, position: 1 });
});

describe('one step from', () => {
  it.each([
    ['a', 'up', undefined],
    ['a', 'down', { status: 'todo', index: 1 }],
    ['c', 'down', undefined],
    ['a', 'left', undefined],
    ['a', 'right', { status: 'in-progress', index: 0 }],
    ['c', 'right', { status: 'in-progress', index: 1 }],
    ['d', 'right', { status: 'completed', index: 0 }],
  ] as const)('%s %s', (id, direction, position) => {
    const from = positionOf(columns, id);
    expect(from && stepFrom(columns, from, direction)).toEqual(position);
  });
});

describe('dropped', () => {
  it.each([
    ['on itself', { status: 'todo', taskId: 'a', edge: 'top' }, undefined],
    ['above the one below: stays', { status: 'todo', taskId: 'b', edge: 'top' }, { status: 'todo', index: 0 }],
    ['below the one below', { status: 'todo', taskId: 'b', edge: 'bottom' }, { status: 'todo', index: 1 }],
    [
      'above a card elsewhere',
      { status: 'in-progress', taskId: 'd', edge: 'top' },
      { status: 'in-progress', index: 0 },
    ],
    ['on an empty column', { status: 'completed' }, { status: 'completed', index: 0 }],
    ['on its own column', { status: 'todo' }, { status: 'todo', index: 2 }],
  ] as const)('%s', (_, over, position) => {
    expect(dropPosition(columns, 'a', over)).toEqual(position);
  });
});

it('contains the card above, and none at the top', () => {
  expect(moveTo(columns, 'a', { status: 'todo', index: 0 })).toBeUndefined();
  expect(moveTo(columns, 'gone', { status: 'todo', index: 0 })).toBeUndefined();
  expect(moveTo(columns, 'c', { status: 'todo', index: 0 })).toMatchObject({ afterId: null, position: 1, count: 3 });
  expect(moveTo(columns, 'a', { status: 'in-progress', index: 9 })).toMatchObject({
    afterId: 'd',
    position: 2,
    count: 2,
  });
});

it('shows a moved card at its new position, whatever the ranks are', () => {
  const ranks = fc.uniqueArray(fc.string({ unit: fc.constantFrom('0', '1', 'a', 'z'), minLength: 1 }), {
    minLength: 2,
    maxLength: 8,
  });
  fc.assert(
    fc.property(ranks, fc.nat(), fc.nat(), (all, from, to) => {
      const before = columnsOf(all.map((rank, at) => task(`t${at}`, 'todo', rank)));
      const moved = before.todo[from % all.length] as TaskState;
      const index = to % all.length;
      const move = moveTo(before, moved.id, { status: 'todo', index });
      if (!move) return;
      const after = columnsOf(before.todo.map((each) => (each === moved ? { ...each, rank: move.rank } : each)));
      expect(positionOf(after, moved.id)).toEqual({ status: 'todo', index });
    }),
  );
});

it('keeps the latest version of a task that is in two results', () => {
  expect(latest([task('a', 'todo', 'a', 2), task('a', 'completed', 'a', 1)])).toEqual([task('a', 'todo', 'a', 2)]);
});
