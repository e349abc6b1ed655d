import { type ConversationKind, conversationKind, messageCanOf, sizes, workspaceRole } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import {
  type BaseCan,
  baseCanOf,
  type ConversationFacts,
  isManager,
  mayBeIn,
  mayBrowse,
  mayCreate,
  mayMentionAll,
  mayRead,
  messageContextOf,
  shapeFaults,
} from './policy.ts';

/** One letter per permission, in the order in which they are written below. */
const letters: Record<string, keyof BaseCan> = {
  S: 'send',
  U: 'update',
  A: 'archive',
  D: 'delete',
  P: 'addMembers',
  R: 'removeMembers',
  J: 'join',
  L: 'leave',
};

/** Permissions that follow from another: pinning from sending, moderating and retention from deleting. */
const together = [
  ['pin', 'send'],
  ['moderate', 'delete'],
  ['retention', 'delete'],
] as const satisfies [keyof BaseCan, keyof BaseCan][];

function written(can: BaseCan): string {
  return Object.keys(letters)
    .filter((letter) => can[letters[letter]!])
    .join('');
}

/** What an archived conversation does not permit: send, change, add members, join. */
const archivedTakes = /[SUPJ]/g;

type Membership = 'none' | 'member' | 'manager';

const everything = 'SUADPRL';
const table: [role: string, where: string, Record<Membership, string>][] = [
  ['owner', 'public channel', { none: 'DJ', member: everything, manager: everything }],
  ['owner', 'private channel', { none: '', member: everything, manager: everything }],
  ['owner', 'group', { none: '', member: everything, manager: everything }],
  ['owner', 'direct', { none: '', member: 'S', manager: 'S' }],
  ['owner', 'support', { none: 'D', member: everything, manager: everything }],
  ['admin', 'public channel', { none: 'DJ', member: everything, manager: everything }],
  ['admin', 'private channel', { none: '', member: everything, manager: everything }],
  ['admin', 'group', { none: '', member: everything, manager: everything }],
  ['admin', 'direct', { none: '', member: 'S', manager: 'S' }],
  ['admin', 'support', { none: 'D', member: everything, manager: everything }],
  ['member', 'public channel', { none: 'J', member: 'SPL', manager: everything }],
  ['member', 'private channel', { none: '', member: 'SPL', manager: everything }],
  ['member', 'group', { none: '', member: 'SPL', manager: everything }],
  ['member', 'direct', { none: '', member: 'S', manager: 'S' }],
  ['member', 'support', { none: '', member: 'SPL', manager: everything }],
  ['guest', 'public channel', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['guest', 'private channel', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['guest', 'group', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['guest', 'direct', { none: '', member: 'S', manager: 'S' }],
  ['guest', 'support', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['customer', 'public channel', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['customer', 'private channel', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['customer', 'group', { none: '', member: 'SL', manager: 'SUADRL' }],
  ['customer', 'direct', { none: '', member: 'S', manager: 'S' }],
  ['customer', 'support', { none: '', member: 'S', manager: 'SUADR' }],
];

const rows = table.flatMap(([role, where, expected]) =>
  (['none', 'member', 'manager'] as const).flatMap((place) =>
    [false, true].map((archived) => {
      const facts: ConversationFacts = {
        kind: (where.endsWith('channel') ? 'channel' : where) as ConversationKind,
        visibility: where.startsWith('public') ? 'public' : 'private',
        archived,
        workspaceRole: workspaceRole.parse(role),
        role: place === 'none' ? undefined : place,
      };
      return { role, where, place, archived, facts, can: expected[place] };
    }),
  ),
);

describe('permissions on a conversation', () => {
  it('are defined for every role in the workspace and every kind of conversation', () => {
    expect(rows).toHaveLength(workspaceRole.options.length * (conversationKind.options.length + 1) * 3 * 2);
  });

  it.each(rows)('$role, $where, $place, archived: $archived', ({ facts, can, archived }) => {
    expect(written(baseCanOf(facts))).toBe(archived ? can.replaceAll(archivedTakes, '') : can);
  });

  it.each(rows)(
    'permits pinning, moderating and exporting as $role, $where, $place, archived: $archived',
    ({ facts, where, role }) => {
      const can = baseCanOf(facts);
      for (const [key, other] of together) expect(can[key], key).toBe(can[other]);
      expect(can.webhooks).toBe(can.delete && where !== 'support');
      expect(can.export).toBe(where === 'direct' ? facts.role !== undefined : can.delete || role === 'owner');
    },
  );

  it.each(rows)('is visible to $role, $where, $place, archived: $archived', ({ facts, role, where, place }) => {
    const open = ['public channel', 'support'].includes(where) && ['owner', 'admin', 'member'].includes(role);
    expect(mayRead(facts)).toBe(place !== 'none' || open);
  });

  it.each(rows)('can be managed only by those who may delete it: $role, $where, $place', ({ facts, can }) => {
    expect(isManager(facts)).toBe(can.includes('D'));
  });
});

describe('creating and joining conversations', () => {
  const kinds = ['channel', 'group', 'direct', 'support'] as const;
  const roles = workspaceRole.options;

  it('permits all kinds to staff, and support cases to customers', () => {
    const may = roles.map((role) => [role, kinds.filter((kind) => mayCreate(kind, role))]);
    expect(Object.fromEntries(may)).toEqual({
      owner: kinds,
      admin: kinds,
      member: kinds,
      guest: [],
      customer: ['support'],
    });
  });

  it('permits only support cases to customers, and other kinds to guests', () => {
    const may = roles.map((role) => [role, kinds.filter((kind) => mayBeIn(kind, role))]);
    expect(Object.fromEntries(may)).toEqual({
      owner: kinds,
      admin: kinds,
      member: kinds,
      guest: ['channel', 'group', 'direct'],
      customer: ['support'],
    });
  });

  it('shows the directory to staff', () => {
    expect(roles.filter(mayBrowse)).toEqual(['owner', 'admin', 'member']);
  });
});

describe('the fields of a new conversation', () => {
  const good = { name: undefined, topic: '', others: 0 };
  const cases = [
    { what: 'a channel with a name', of: { ...good, kind: 'channel', name: 'news' }, role: 'member', at: [] },
    { what: 'a channel without one', of: { ...good, kind: 'channel' }, role: 'member', at: ['name'] },
    { what: 'a group of two', of: { ...good, kind: 'group', others: 1 }, role: 'member', at: [] },
    { what: 'a group of one', of: { ...good, kind: 'group' }, role: 'member', at: ['memberIds'] },
    { what: 'a pair', of: { ...good, kind: 'direct', others: 1 }, role: 'member', at: [] },
    { what: 'a pair of three', of: { ...good, kind: 'direct', others: 2 }, role: 'member', at: ['memberIds'] },
    { what: 'a pair of one', of: { ...good, kind: 'direct' }, role: 'member', at: ['memberIds'] },
    {
      what: 'a named pair with a topic',
      of: { kind: 'direct', name: 'us', topic: 'all', others: 1 },
      role: 'member',
      at: ['name', 'topic'],
    },
    { what: 'a case of a customer', of: { ...good, kind: 'support' }, role: 'customer', at: [] },
    {
      what: 'a case with named staff',
      of: { ...good, kind: 'support', others: 1 },
      role: 'customer',
      at: ['memberIds'],
    },
    { what: 'a case for a customer', of: { ...good, kind: 'support', others: 1 }, role: 'admin', at: [] },
    { what: 'a case for nobody', of: { ...good, kind: 'support' }, role: 'admin', at: ['memberIds'] },
  ] as const;

  it.each(cases)('$what', ({ of, role, at }) => {
    expect(shapeFaults(of, role).map((fault) => fault.path)).toEqual(at);
  });
});

describe('messages', () => {
  const roles = workspaceRole.options;
  const kinds = conversationKind.options;
  const all = roles.flatMap((role) =>
    kinds.flatMap((kind) =>
      ([undefined, 'member', 'manager'] as const).map((place): ConversationFacts => {
        const visibility = kind === 'channel' ? 'public' : 'private';
        return { kind, visibility, archived: false, workspaceRole: role, role: place };
      }),
    ),
  );

  it('can be edited by their authors only, while these are members, and only text', () => {
    for (const facts of all) {
      const edits = (isMine: boolean, type: 'text' | 'system') =>
        messageCanOf(messageContextOf(facts), { isMine, type, isDeleted: false }).edit;
      expect(edits(true, 'text')).toBe(facts.role !== undefined);
      expect(edits(false, 'text')).toBe(false);
      expect(edits(true, 'system')).toBe(false);
    }
  });

  it('can be deleted, and their history read, by authors and managers', () => {
    for (const facts of all) {
      for (const mine of [true, false]) {
        const expected = isManager(facts) || (mine && facts.role !== undefined);
        const can = messageCanOf(messageContextOf(facts), { isMine: mine, type: 'text', isDeleted: false });
        expect(can.delete).toBe(expected);
        expect(can.history).toBe(expected);
      }
    }
  });
});

describe('mentioning everyone', () => {
  const facts = { kind: 'channel', visibility: 'private', archived: false } as const;
  it.each([
    ['member', 'member', false],
    ['guest', 'member', false],
    ['guest', 'manager', true],
    ['admin', 'member', true],
    ['owner', 'member', true],
  ] as const)('in a large conversation is permitted to managers: %s, %s', (workspaceRole, role, expected) => {
    const sender = { ...facts, workspaceRole, role };
    expect(mayMentionAll(sender, sizes.mentionAll + 1)).toBe(expected);
    expect(mayMentionAll(sender, sizes.mentionAll)).toBe(true);
  });
});
