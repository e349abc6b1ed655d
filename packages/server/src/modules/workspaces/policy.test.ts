import { type WorkspaceRole, workspaceRole } from '@atrium/protocol';
import { describe, expect, test } from 'vitest';
import { losesLastOwner, mayChangeRole, mayLeave, mayRemove, maySee, workspaceCanOf } from './policy.ts';

const roles = workspaceRole.options;
const shared = { personalOf: null };
const target = (role: WorkspaceRole) => ({ userId: 'target', role });

describe('what a role may do', () => {
  const nobody = { update: false, delete: false, invite: false, manageMembers: false, createConversations: false };
  const admin = { update: true, delete: false, invite: true, manageMembers: true, createConversations: true };
  test.each([
    ['owner', { ...admin, delete: true }],
    ['admin', admin],
    ['member', { ...nobody, createConversations: true }],
    ['guest', nobody],
    ['customer', nobody],
  ] as const)('%s', (role, can) => {
    expect(workspaceCanOf(role, shared)).toEqual(can);
  });

  test('nobody deletes a personal workspace', () => {
    for (const role of roles) expect(workspaceCanOf(role, { personalOf: 'target' }).delete).toBe(false);
    expect(workspaceCanOf('owner', { personalOf: 'target' })).toEqual(admin);
  });
});

describe('whom someone sees', () => {
  // Of owner, admin, member, guest, customer: those who share a conversation, those who do not.
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

describe('who may change whose role to what', () => {
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

  test('the owner of a personal workspace stays its owner, whoever asks', () => {
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

test('everyone may leave, except from their own personal workspace', () => {
  for (const role of roles) {
    expect(mayLeave(target(role), shared)).toBe(true);
    expect(mayLeave(target(role), { personalOf: 'other' })).toBe(true);
    expect(mayLeave(target(role), { personalOf: 'target' })).toBe(false);
  }
});

test('the last owner stays', () => {
  for (const before of roles) {
    for (const after of [...roles, undefined]) {
      expect(losesLastOwner(1, before, after)).toBe(before === 'owner' && after !== 'owner');
      expect(losesLastOwner(2, before, after)).toBe(false);
    }
  }
});
