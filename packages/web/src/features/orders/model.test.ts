import type { Order, OrderSummary } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { merged, updated } from './model.ts';

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
