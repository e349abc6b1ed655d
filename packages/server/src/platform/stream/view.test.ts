import { expect, it } from 'vitest';
import type { LiveEvent } from './live-event.ts';
import { viewFor } from './view.ts';

const event = (seq: number, users?: string[]): LiveEvent => ({
  type: 'message:ack',
  data: { open: true },
  meta: { stream: 'conversation:0', seq, at: '', actorId: null },
  effect: users && { instead: { users, data: { open: false } } },
});

it('returns the same events to everyone if nothing differs', () => {
  const events = [event(1), event(2, ['bob'])];
  expect(viewFor('ann', events)).toBe(events);
});

it('returns other data under the same number to the readers of `instead`', () => {
  const events = [event(1), event(2, ['bob']), event(3, ['ann'])];
  expect(viewFor('bob', events).map(({ data, meta }) => [meta.seq, data.open])).toEqual([
    [1, true],
    [2, false],
    [3, true],
  ]);
  expect(events[1]?.data).toEqual({ open: true });
});
