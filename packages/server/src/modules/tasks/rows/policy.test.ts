import { type TaskCan, workspaceRole } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { manages, mayBeMember, mayCreate, mayEdit, maySee, type TaskFacts, taskCanOf } from './policy.ts';

/** What a person may do, as letters in the order of the keys of `can`; `-` for what they may not. */
const KEYS: Readonly<Record<keyof TaskCan, string>> = {
  update: 'u',
  comment: 'c',
  addMembers: 'a',
  removeMembers: 'r',
  join: 'j',
  leave: 'l',
  track: 't',
  manage: 'm',
  delete: 'd',
};
const lettersOf = (facts: TaskFacts) =>
  Object.entries(KEYS)
    .map(([key, letter]) => (taskCanOf(facts)[key as keyof TaskCan] ? letter : '-'))
    .join('');

/**
 * Role, then what it may do: with a workspace task as a non-member, a member and the owner; with a private one as a
 * member.
 */
const table = `
owner     u-arj--md  ucar-ltmd  ucar-ltmd  ucar-ltmd
admin     u-arj--md  ucar-ltmd  ucar-ltmd  ucar-ltmd
member    u-a-j----  uca--lt--  ucar-ltmd  uca--lt--
guest     ---------  uc---lt--  uc---lt--  uc---lt--
customer  ---------  -c---l---  -c---l---  -c---l---
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

describe('taskCanOf', () => {
  it.each(table)('a %s', (role, outside, member, owner, hidden) => {
    const facts = (change: Partial<TaskFacts>): TaskFacts => ({
      workspaceRole: workspaceRole.parse(role),
      visibility: 'workspace',
      isMember: false,
      isOwner: false,
      ...change,
    });
    expect(lettersOf(facts({}))).toBe(outside);
    expect(lettersOf(facts({ isMember: true }))).toBe(member);
    expect(lettersOf(facts({ isMember: true, isOwner: true }))).toBe(owner);
    expect(lettersOf(facts({ isMember: true, visibility: 'members' }))).toBe(hidden);
    expect(lettersOf(facts({ visibility: 'members' }))).toBe('---------');
    expect(maySee(facts({ visibility: 'members', isOwner: true }))).toBe(false);
  });

  it('permits nothing to people who do not see the task', () => {
    for (const role of workspaceRole.options) {
      const facts: TaskFacts = { workspaceRole: role, visibility: 'members', isMember: false, isOwner: true };
      expect([maySee(facts), mayEdit(facts), manages(facts)]).toEqual([false, false, false]);
    }
  });
});

it('lets staff create tasks', () => {
  expect(workspaceRole.options.filter(mayCreate)).toEqual(['owner', 'admin', 'member']);
});

describe('mayBeMember', () => {
  it.each([
    ['member', ['customer'], true],
    ['guest', [], true],
    ['guest', ['guest'], true],
    ['guest', ['customer'], false],
    ['customer', [], true],
    ['customer', ['guest'], false],
    ['customer', ['customer'], false],
  ] as const)('a %s beside %j: %s', (role, visitors, expected) => {
    expect(mayBeMember(role, visitors)).toBe(expected);
  });
});
