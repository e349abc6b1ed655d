import type { Order, OrderSummary } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { cardBeside, columnsOf, merged, nextOf, updated } from './model.ts';

const order = (id: string, more: Partial<OrderSummary> = {}): OrderSummary =>
  ({
    id,
    workspaceId: 'garden',
    number: 1,
    status: 'pending',
    version: 1,
    createdAt: '2026-11-20',
    ...more,
  }) as OrderSummary;

it('joins lists of orders, each once and as it is at its newest version', () => {
  const old = order('one');
  const newer = order('one', { status: 'shipped', version: 3 });
  const two = order('two', { number: 2 });
  const elsewhere = order('far', { workspaceId: 'shop', createdAt: '2026-11-28' });
  expect(merged([newer, two], [old])).toEqual([two, newer]);
  expect(merged([old], [newer])).toEqual([newer]);
  expect(merged([old], [elsewhere]).map(({ id }) => id)).toEqual(['far', 'one']);
  expect(merged()).toEqual([]);
});

it('shows of an order what the live state knows better, and nothing older', () => {
  const asked = order('one', { version: 2, assigneeId: null }) as Order;
  expect(updated(asked, order('one', { version: 3, status: 'processing', assigneeId: 'ben' }))).toMatchObject({
    status: 'processing',
    assigneeId: 'ben',
  });
  expect(updated(asked, order('one', { version: 1, status: 'cancelled' }))).toBe(asked);
  expect(updated(asked, undefined)).toBe(asked);
});

it('sorts the orders of a desk by status, and moves between them by keys', () => {
  const columns = columnsOf([
    order('old', { number: 1 }),
    order('new', { number: 3 }),
    order('sent', { number: 2, status: 'shipped' }),
  ]);
  expect(columns.pending.map(({ id }) => id)).toEqual(['new', 'old']);
  expect(columns.cancelled).toEqual([]);
  expect(cardBeside(columns, 'new', 'ArrowDown')).toBe('old');
  expect(cardBeside(columns, 'new', 'ArrowUp')).toBeUndefined();
  expect(cardBeside(columns, 'old', 'ArrowRight')).toBe('sent');
  expect(cardBeside(columns, 'sent', 'ArrowLeft')).toBe('new');
  expect(cardBeside(columns, 'sent', 'x')).toBeUndefined();
  expect(cardBeside(columns, 'gone', 'ArrowDown')).toBeUndefined();
});

it.each([
  ['pending', ['processing', 'cancelled']],
  ['processing', ['shipped', 'cancelled']],
  ['shipped', ['delivered']],
  ['delivered', []],
  ['cancelled', []],
] as const)('offers what comes after %s', (status, next) => {
  expect(nextOf(status)).toEqual(next);
});
