import { type ConversationCan, type SupportStatus, sizes } from '@atrium/protocol';
import { describe, expect, test } from 'vitest';
import { type CanFacts, caseRightsOf, conversationCanOf, permitsSame } from './policy.ts';

const people = {
  owner: { workspaceRole: 'owner', role: 'manager', mine: false },
  'admin outside': { workspaceRole: 'admin', role: undefined, mine: false },
  'who has it': { workspaceRole: 'member', role: 'member', mine: true },
  'a colleague in it': { workspaceRole: 'member', role: 'member', mine: false },
  'a colleague outside': { workspaceRole: 'member', role: undefined, mine: false },
  'its customer': { workspaceRole: 'customer', role: 'member', mine: false },
  guest: { workspaceRole: 'guest', role: undefined, mine: false },
} as const satisfies Record<string, Partial<CanFacts>>;

const facts = (who: keyof typeof people, status: SupportStatus, archived = false): CanFacts => ({
  kind: 'support',
  members: 2,
  visibility: 'private',
  ...people[who],
  status,
  archived,
});

/** `take`, `handOver`, `close`, `reopen` as letters. */
const written = (can: ConversationCan) =>
  `${can.take ? 't' : ''}${can.handOver ? 'h' : ''}${can.close ? 'c' : ''}${can.reopen ? 'r' : ''}`;

describe('actions on a support case', () => {
  test.each<[keyof typeof people, Record<SupportStatus, string>]>([
    ['owner', { unassigned: 'thc', assigned: 'hc', closed: 'r' }],
    ['admin outside', { unassigned: 'thc', assigned: 'hc', closed: 'r' }],
    ['who has it', { unassigned: 'thc', assigned: 'hc', closed: 'r' }],
    ['a colleague in it', { unassigned: 't', assigned: '', closed: 'r' }],
    ['a colleague outside', { unassigned: 't', assigned: '', closed: 'r' }],
    ['its customer', { unassigned: '', assigned: '', closed: 'r' }],
    ['guest', { unassigned: '', assigned: '', closed: '' }],
  ])('%s', (who, expected) => {
    for (const status of ['unassigned', 'assigned', 'closed'] as const) {
      expect(written(conversationCanOf(facts(who, status))), status).toBe(expected[status]);
      expect(written(conversationCanOf(facts(who, status, true))), `${status}, archived`).toBe('');
    }
  });

  test('nobody gets a permission that they are not entitled to', () => {
    for (const who of Object.keys(people) as (keyof typeof people)[]) {
      for (const status of ['unassigned', 'assigned', 'closed'] as const) {
        const can = conversationCanOf(facts(who, status));
        const rights = caseRightsOf(facts(who, status));
        expect(can.take && !rights.take).toBe(false);
        expect((can.handOver || can.close) && !rights.handOver).toBe(false);
      }
    }
  });
});

describe('actions on any conversation', () => {
  const inChannel: CanFacts = {
    kind: 'channel',
    visibility: 'public',
    archived: false,
    workspaceRole: 'member',
    role: 'member',
    members: sizes.mentionAll,
    status: null,
    mine: false,
  };

  test('everyone may mention everyone up to a number of members, above it only managers', () => {
    const large = { ...inChannel, members: sizes.mentionAll + 1 };
    expect(conversationCanOf(inChannel).mentionAll).toBe(true);
    expect(conversationCanOf(large).mentionAll).toBe(false);
    expect(conversationCanOf({ ...large, role: 'manager' }).mentionAll).toBe(true);
    expect(conversationCanOf({ ...inChannel, archived: true }).mentionAll).toBe(false);
    expect(conversationCanOf({ ...inChannel, role: undefined }).mentionAll).toBe(false);
  });

  test('actions on a support case do not apply to other conversations', () => {
    expect(written(conversationCanOf({ ...inChannel, workspaceRole: 'owner', role: 'manager' }))).toBe('');
  });

  test('facts that permit the same are equal', () => {
    expect(permitsSame(inChannel, { ...inChannel, members: 3 })).toBe(true);
    expect(permitsSame({ ...inChannel, role: 'manager' }, { ...inChannel, workspaceRole: 'admin' })).toBe(true);
    expect(permitsSame(inChannel, { ...inChannel, archived: true })).toBe(false);
  });
});
