import { expect, it } from 'vitest';
import { deliveryOf } from './delivery.ts';

const receipts = Object.fromEntries(
  [
    { userId: 'ann', deliveredSeq: 9, readSeq: 9 },
    { userId: 'bob', deliveredSeq: 7, readSeq: 5 },
    { userId: 'cat', deliveredSeq: 4, readSeq: 2 },
  ].map((receipt) => [receipt.userId, receipt]),
);

it.each([
  [
    { seq: 2, senderId: 'ann' },
    { deliveredTo: ['bob', 'cat'], readBy: ['bob', 'cat'], seen: true },
  ],
  [
    { seq: 4, senderId: 'ann' },
    { deliveredTo: ['bob', 'cat'], readBy: ['bob'], seen: true },
  ],
  [
    { seq: 6, senderId: 'ann' },
    { deliveredTo: ['bob'], readBy: [], seen: false },
  ],
  [
    { seq: 8, senderId: 'ann' },
    { deliveredTo: [], readBy: [], seen: false },
  ],
  [
    { seq: 5, senderId: 'bob' },
    { deliveredTo: ['ann'], readBy: ['ann'], seen: true },
  ],
  [
    { seq: 4, senderId: 'ann', threadId: 't' },
    { deliveredTo: ['bob', 'cat'], readBy: [], seen: false },
  ],
])('of %j tells who has it, but never its sender', (message, delivery) => {
  expect(deliveryOf({ receipts }, message)).toEqual(delivery);
});

it('contains nothing about members who do not share their receipts', () => {
  const { ann } = receipts;
  expect(deliveryOf({ receipts: ann ? { ann } : {} }, { seq: 1, senderId: 'ann' })).toEqual({
    deliveredTo: [],
    readBy: [],
    seen: false,
  });
});
