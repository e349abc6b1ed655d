import { readFileSync } from 'node:fs';
import { type WorkspaceRole, workspaceRole } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { baseCanOf, type ConversationFacts, mayBeIn, mayBrowse, mayCreate } from '../src/modules/chat/rows/policy.ts';
import { isVisitor, mayChangeRole, mayRemove, maySee, workspaceCanOf } from '../src/modules/workspaces/policy.ts';

const guide = readFileSync(new URL('../../../docs/guides/roles.md', import.meta.url), 'utf8');
const rows = guide
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| |') && !line.startsWith('| -'))
  .map((line) => line.split('|').slice(1, -1))
  .map(([what = '', ...cells]) => ({ what: what.trim(), cells: cells.map((cell) => cell.trim() === 'yes') }));

const workspace = { personalOf: null };
const talks = ['channel', 'group', 'direct'] as const;
const can = (role: WorkspaceRole) =>
  workspaceCanOf({ ...workspace, role, userId: 'me', isBot: false, isLastOwner: false });
const inside = (role: WorkspaceRole, place: 'manager' | 'member'): ConversationFacts => ({
  kind: 'channel',
  visibility: 'private',
  archived: false,
  workspaceRole: role,
  role: place,
});
const touches = (role: WorkspaceRole, other: WorkspaceRole) => {
  const target = { userId: 'target', role: other };
  const answers = [mayRemove(role, target, workspace), mayChangeRole(role, target, other, workspace)];
  expect(new Set(answers).size).toBe(1);
  return answers[0] === true;
};

/** The rules in the words of the guide. */
const byRole: Record<string, (role: WorkspaceRole) => boolean> = {
  'see everyone who is in it': (role) => workspaceRole.options.every((other) => maySee(role, other, false)),
  'see who works there and shares a conversation with them': (role) =>
    workspaceRole.options.every((other) => isVisitor(other) || maySee(role, other, true)),
  'see guests who share a conversation with them': (role) => maySee(role, 'guest', true),
  'rename it': (role) => can(role).update,
  'read and replace the join code, invite by mail': (role) => can(role).invite,
  'change the role of, or remove, admins and all below': (role) =>
    can(role).manageMembers && workspaceRole.options.every((other) => other === 'owner' || touches(role, other)),
  'make owners, change or remove them': (role) => touches(role, 'owner'),
  'delete it': (role) => can(role).delete,
  'look through public channels and join them': mayBrowse,
  'open channels, groups, direct conversations': (role) => talks.every((kind) => mayCreate(kind, role)),
  'be in channels, groups, direct conversations': (role) => talks.every((kind) => mayBeIn(kind, role)),
  'add people to a conversation that they are in': (role) => baseCanOf(inside(role, 'member')).addMembers,
  'open a support case': (role) => mayCreate('support', role),
  'be in support cases': (role) => mayBeIn('support', role),
};

const byPlace: Record<string, (facts: ConversationFacts) => boolean> = {
  'send messages': (facts) => baseCanOf(facts).send,
  'add people (only those who work in the workspace: owners, admins, members)': (facts) => baseCanOf(facts).addMembers,
  leave: (facts) => baseCanOf(facts).leave,
  'rename, set the topic, archive': (facts) => baseCanOf(facts).update && baseCanOf(facts).archive,
  'remove people': (facts) => baseCanOf(facts).removeMembers,
  'delete it with all its messages': (facts) => baseCanOf(facts).delete,
};

describe('docs/guides/roles.md', () => {
  it('has a row for every rule, and no other', () => {
    expect(rows.map(({ what }) => what)).toEqual([...Object.keys(byRole), ...Object.keys(byPlace)]);
  });

  it.each(rows.slice(0, Object.keys(byRole).length))('says of workspaces what the rules say: $what', (row) => {
    expect(row.cells).toEqual(workspaceRole.options.map((role) => byRole[row.what]?.(role)));
  });

  it.each(rows.slice(Object.keys(byRole).length))('says of conversations what the rules say: $what', (row) => {
    const places = ['manager', 'member'] as const;
    expect(row.cells).toEqual(places.map((place) => byPlace[row.what]?.(inside('member', place))));
  });
});
