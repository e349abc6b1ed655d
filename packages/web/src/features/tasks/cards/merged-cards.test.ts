import type { TaskCard } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { mergedCards } from './merged-cards.ts';

const card = (title: string): TaskCard => ({
  ...{ taskId: title, title, status: 'todo', dueAt: null, dueOn: null, runningCount: 0, totalMs: 0 },
});
const item = (messageId: string, title: string) => ({ messageId, card: card(title) });
const first = mergedCards(new Map(), [
  { messageIds: ['a', 'b'], items: [item('a', 'Mow'), item('a', 'Rake')] },
  { messageIds: ['c'], items: [item('c', 'Dig')] },
]);

it('collects the cards of each message', () => {
  expect(first).toEqual(
    new Map([
      ['a', [card('Mow'), card('Rake')]],
      ['c', [card('Dig')]],
    ]),
  );
});

it('keeps what is known of a group that is not answered yet', () => {
  const next = mergedCards(first, [
    { messageIds: ['a', 'b', 'd'], items: undefined },
    { messageIds: ['c'], items: [item('c', 'Dig deeper')] },
  ]);
  expect(next.get('a')).toBe(first.get('a'));
  expect(next.get('c')).toEqual([card('Dig deeper')]);
});

it('stays the same object while nothing changes, also when messages are grouped anew', () => {
  const items = [item('a', 'Mow'), item('a', 'Rake'), item('c', 'Dig')];
  expect(mergedCards(first, [{ messageIds: ['a', 'b', 'c', 'd'], items }])).toBe(first);
});

it('drops the cards of a message that has none any more, or is not shown', () => {
  expect(mergedCards(first, [{ messageIds: ['a', 'b'], items: [] }])).toEqual(new Map());
});
