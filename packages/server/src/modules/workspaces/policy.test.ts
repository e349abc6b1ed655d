import { type WorkspaceRole, workspaceRole } from '@atrium/protocol';
import { describe, expect, test } from 'vitest';
import {
  losesLastOwner,
  mayChangeRole,
  mayLeave,
  mayRemove,
  maySee,
  permitsSame,
  type WorkspaceCanFacts,
  workspaceCanOf,
} from './policy.ts';

const roles = workspaceRole.options;
const shared = { personalOf: null };
const target = (role: WorkspaceRole) => ({ userId: 'target', role });

describe('permissions by role', () => {
  const allowed = (facts: Partial<WorkspaceCanFacts>) => {
    const nobody = { ...shared, userId: 'target', role: 'member', isBot: false, isLastOwner: false } as const;
    const can = Object.entries(workspaceCanOf({ ...nobody, ...facts }));
    return can.flatMap(([key, may]) => (may ? [key] : [])).join(' ');
  };
  const working = 'createConversations browseChannels answerSupport leave';
  const managing = 'update invite joinCode manageMembers manageBots analytics webhookEndpoints';
  const running = `${managing} createConversations browseChannels answerSupport`;
  const owning = running.replace('update', 'update delete');
  test.each([
    ['owner', `${owning} retention leave`],
    ['admin', `${running} leave`],
    ['member', working],
    ['guest', 'leave'],
    ['customer', 'requestSupport leave'],
  ] as const)('%s', (role, expected) => {
    expect(allowed({ role })).toBe(expected);
  });

  test('the last owner cannot leave, nor can bots', () => {
    expect(allowed({ role: 'owner', isLastOwner: true })).toBe(`${owning} retention`);
    expect(allowed({ role: 'guest', isBot: true })).toBe('');
  });

  test('a personal workspace cannot be deleted, and its person stays in it', () => {
    for (const role of roles) expect(allowed({ role, personalOf: 'other' })).not.toContain('delete');
    expect(allowed({ role: 'owner', personalOf: 'target' })).toBe(`${running} retention`);
  });

  test('facts that permit the same are equal', () => {
    const facts = { ...shared, userId: 'target', role: 'member', isBot: false, isLastOwner: false } as const;
    expect(permitsSame(facts, { ...facts, personalOf: 'other' })).toBe(true);
    expect(permitsSame(facts, { ...facts, role: 'guest' })).toBe(false);
  });
});

describe('whom a user sees', () => {
  // For owner, admin, member, guest, customer: those who share a conversation, and those who do not.
  test.each<[WorkspaceRole, string, string]>([
    ['owner', 'oamgc', 'oamgc'],
    ['admin', 'oamgc', 'oamgc'],
    ['member', 'oamgc', 'oamgc'],
    ['guest', 'oamgc', ''],
    ['customer', 'oam', ''],
  ])('%s', (viewer, sharing, others) => {
    const seen = (shares: boolean) => roles.filter((other) => maySee(viewer, other, shares)).map((other) => other[0]);
    expect(seen(true).join('')).toBe(sharing);
    expect(seen(false).join('')).toBe(others);
  });
});

describe('who may change which role', () => {
  const below: WorkspaceRole[] = ['admin', 'member', 'guest', 'customer'];
  const expected = (actor: WorkspaceRole, before: WorkspaceRole, after: WorkspaceRole) => {
    if (actor === 'owner') return true;
    return actor === 'admin' && below.includes(before) && below.includes(after);
  };
  const table = roles.flatMap((actor) =>
    roles.flatMap((before) => roles.map((after) => [actor, before, after] as const)),
  );

  test.each(table)('%s: %s becomes %s', (actor, before, after) => {
    expect(mayChangeRole(actor, target(before), after, shared)).toBe(expected(actor, before, after));
  });

  test('the owner of a personal workspace stays its owner, whoever the caller is', () => {
    for (const [actor, before, after] of table) {
      expect(mayChangeRole(actor, target(before), after, { personalOf: 'target' })).toBe(false);
      expect(mayChangeRole(actor, target(before), after, { personalOf: 'other' })).toBe(expected(actor, before, after));
    }
  });
});

describe('who may remove whom', () => {
  const removable: Record<WorkspaceRole, WorkspaceRole[]> = {
    owner: ['owner', 'admin', 'member', 'guest', 'customer'],
    admin: ['admin', 'member', 'guest', 'customer'],
    member: [],
    guest: [],
    customer: [],
  };
  test.each(roles.flatMap((actor) => roles.map((role) => [actor, role] as const)))('%s removes %s', (actor, role) => {
    expect(mayRemove(actor, target(role), shared)).toBe(removable[actor].includes(role));
    expect(mayRemove(actor, target(role), { personalOf: 'target' })).toBe(false);
  });
});

test('everyone may leave, except their own personal workspace', () => {
  for (const role of roles) {
    expect(mayLeave(target(role), shared)).toBe(true);
    expect(mayLeave(target(role), { personalOf: 'other' })).toBe(true);
    expect(mayLeave(target(role), { personalOf: 'target' })).toBe(false);
  }
});

test('the last owner cannot be removed', () => {
  for (const before of roles) {
    for (const after of [...roles, undefined]) {
      expect(losesLastOwner(1, before, after)).toBe(before === 'owner' && after !== 'owner');
      expect(losesLastOwner(2, before, after)).toBe(false);
    }
  }
});
