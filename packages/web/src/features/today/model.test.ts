import type { LiveConversation } from '@atrium/client';
import { describe, expect, it } from 'vitest';
import { hourIn, partOfDay, waitingIn } from './model.ts';

const conversation = (id: string, more: Partial<LiveConversation>) =>
  ({
    id,
    workspaceId: 'w',
    kind: 'channel',
    unread: 1,
    mentions: [],
    lastMessage: null,
    ...more,
  }) as unknown as LiveConversation;
const at = (createdAt: string) => ({ lastMessage: { createdAt } as LiveConversation['lastMessage'] });

describe('what waits for me', () => {
  it('is what is unread: mentions and direct messages first, then the latest', () => {
    const conversations = Object.fromEntries(
      [
        conversation('read', { unread: 0 }),
        conversation('old', at('2026-11-26T08:00:00Z')),
        conversation('new', at('2026-11-26T09:00:00Z')),
        conversation('direct', { kind: 'direct', ...at('2026-11-26T07:00:00Z') }),
        conversation('mention', { mentions: [3], ...at('2026-11-26T06:00:00Z') }),
        conversation('elsewhere', { workspaceId: 'x' }),
      ].map((each) => [each.id, each]),
    );
    expect(waitingIn({ conversations }, 'w').map(({ conversation: { id } }) => id)).toEqual([
      'direct',
      'mention',
      'new',
      'old',
    ]);
    expect(waitingIn({ conversations }, undefined)).toHaveLength(5);
  });
});

it.each([
  [4, 'night'],
  [5, 'morning'],
  [12, 'afternoon'],
  [18, 'evening'],
])('at %i it is %s', (hour, part) => {
  expect(partOfDay(hour)).toBe(part);
});

it('reads the hour in the zone of the person', () => {
  expect(hourIn('Europe/Vienna', Date.parse('2026-11-26T23:30:00Z'))).toBe(0);
});
