import type { LiveConversation } from '@atrium/client';
import { describe, expect, it } from 'vitest';
import { formerIn, isUnread, nextUnread, personIn, sectionsOf, titleOf } from './conversations.ts';

const conversation = (id: string, more: Partial<LiveConversation> = {}): LiveConversation => ({
  id,
  workspaceId: 'w',
  kind: 'channel',
  visibility: 'public',
  name: id,
  topic: '',
  archivedAt: null,
  createdBy: null,
  createdAt: '2026-11-26T09:00:00.000Z',
  version: 1,
  retentionDays: null,
  members: {},
  receipts: {},
  lastMessage: null,
  unread: 0,
  mentions: [],
  pins: [],
  saved: [],
  drafts: {},
  threads: {},
  can: {
    send: true,
    mentionAll: true,
    pin: true,
    moderate: false,
    update: false,
    archive: false,
    delete: false,
    addMembers: true,
    removeMembers: false,
    join: false,
    leave: true,
    export: false,
    webhooks: false,
    retention: false,
    take: false,
    handOver: false,
    close: false,
    reopen: false,
  },
  ...more,
});
const user = (id: string, name: string) => ({
  workspaceId: 'w',
  role: 'member' as const,
  joinedAt: '',
  user: { id, name, username: null, avatar: null, isBot: false },
});
const inIt = (...ids: string[]) =>
  Object.fromEntries(ids.map((userId) => [userId, { userId, role: 'member' as const, joinedAt: '' }]));
const people = {
  me: null,
  people: {},
  workspaces: { w: { members: { b: user('b', 'Ben Koch'), c: user('c', 'Chiara Ito') } } as never },
};

describe('the name of a conversation', () => {
  it.each([
    ['its own', conversation('general'), 'general'],
    ['the other person', conversation('d', { kind: 'direct', name: null, members: inIt('b') }), 'Ben Koch'],
    [
      'first names of several',
      conversation('g', { kind: 'group', name: null, members: inIt('c', 'b') }),
      'Ben, Chiara',
    ],
    ['nobody', conversation('e', { kind: 'direct', name: null, members: inIt('gone') }), 'Nobody'],
  ])('is %s', (_, it, title) => {
    expect(titleOf(people, it, 'Nobody')).toBe(title);
  });
});

it('lists channels by name, other conversations latest first, and of archived ones only direct ones', () => {
  const all = [
    conversation('seeds'),
    conversation('bed 10'),
    conversation('bed 2'),
    conversation('old', { archivedAt: '2026-11-01T00:00:00.000Z' }),
    conversation('elsewhere', { workspaceId: 'v' }),
    conversation('d1', { kind: 'direct', createdAt: '2026-11-20T00:00:00.000Z' }),
    conversation('d0', {
      kind: 'direct',
      createdAt: '2026-11-19T00:00:00.000Z',
      archivedAt: '2026-11-25T00:00:00.000Z',
    }),
    conversation('d2', { kind: 'group', createdAt: '2026-11-21T00:00:00.000Z' }),
    conversation('s1', { kind: 'support', support: { status: 'assigned', customerId: null, assigneeId: null } }),
    conversation('s2', { kind: 'support', support: { status: 'closed', customerId: null, assigneeId: null } }),
  ];
  const { channels, direct, support } = sectionsOf(
    { conversations: Object.fromEntries(all.map((each) => [each.id, each])) },
    'w',
  );
  expect(channels.map(({ id }) => id)).toEqual(['bed 2', 'bed 10', 'seeds']);
  expect(direct.map(({ id }) => id)).toEqual(['d2', 'd1', 'd0']);
  expect(support.map(({ id }) => id)).toEqual(['s1']);
});

it('counts unread replies in threads too', () => {
  expect(isUnread(conversation('a'))).toBe(false);
  expect(isUnread(conversation('a', { unread: 1 }))).toBe(true);
  expect(isUnread(conversation('a', { threads: { t: { threadId: 't', readSeq: 1, unread: 2 } } }))).toBe(true);
});

describe('the next unread conversation', () => {
  const list = [
    conversation('a', { unread: 1 }),
    conversation('b'),
    conversation('c', { unread: 2 }),
    conversation('d', { unread: 1, mentions: [4] }),
  ];
  it.each([
    ['mentions first', list, 'b', 'd'],
    ['going round', list.slice(0, 3), 'c', 'a'],
    ['never the open one', list.slice(0, 1), 'a', undefined],
    ['with none open', list.slice(0, 3), undefined, 'a'],
  ])('%s', (_, conversations, open, next) => {
    expect(nextUnread(conversations, open)?.id).toBe(next);
  });
});

describe('a direct conversation that the other one has left', () => {
  const me = { id: 'a' } as never;
  const direct = (more: Partial<LiveConversation>) =>
    conversation('d', { kind: 'direct', name: null, members: inIt('a'), ...more });
  const said = (senderId: string) => ({ senderId }) as never;
  const loaded = { d: { items: [said('a'), said('b')], moreBefore: false, moreAfter: false } };

  it.each([
    ['who opened it', direct({ createdBy: 'b' }), {}, 'b'],
    ['who wrote last', direct({ createdBy: 'a', lastMessage: said('b') }), {}, 'b'],
    ['who wrote what is loaded', direct({ createdBy: 'a', lastMessage: said('a') }), loaded, 'b'],
    ['nobody while nothing is loaded', direct({ createdBy: 'a', lastMessage: said('a') }), {}, undefined],
    ['nobody while both are in it', direct({ createdBy: 'b', members: inIt('a', 'b') }), {}, undefined],
    ['nobody in a group', { ...direct({ createdBy: 'b' }), kind: 'group' as const }, {}, undefined],
  ])('was with %s', (_, one, messages, expected) => {
    expect(formerIn({ me, messages }, one)).toBe(expected);
  });

  it('shows their name beside what they wrote', () => {
    const ben = { id: 'b', name: 'Ben Koch', username: null, avatar: null, isBot: false } as never;
    const gone = { me, workspaces: { w: { members: {} } } as never, people: { b: ben } };
    expect(personIn(gone, 'w', 'b')?.name).toBe('Ben Koch');
    expect(personIn(gone, 'w', 'c')).toBeUndefined();
  });
});
