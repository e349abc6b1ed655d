import type { WorkspaceRole } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { type Candidate, successorOf } from './succession-policy.ts';

const channel = { kind: 'channel', visibility: 'private' } as const;

/** `a` joined first, `b` after them, and so on. */
function member(userId: string, workspaceRole: WorkspaceRole = 'member', more: Partial<Candidate> = {}): Candidate {
  const joinedAt = new Date(Date.UTC(2026, 0, userId.charCodeAt(0) - 96));
  return { userId, role: 'member', workspaceRole, isBot: false, joinedAt, ...more };
}

describe('the next manager of a conversation', () => {
  const manager = { role: 'manager' } as const;
  const bot = { isBot: true };
  const cases: [string, Candidate[], string | undefined][] = [
    ['nobody, while there is a manager', [member('a'), member('b', 'guest', manager)], undefined],
    ['nobody, while there is an admin of the workspace', [member('a'), member('b', 'admin')], undefined],
    ['nobody, while there is an owner', [member('a'), member('b', 'owner')], undefined],
    ['who came first', [member('b'), member('a'), member('c')], 'a'],
    ['who works there, before an earlier guest', [member('a', 'guest'), member('c'), member('b')], 'b'],
    ['a guest, where there are no others', [member('b', 'guest'), member('a', 'guest')], 'a'],
    [
      'the same one everywhere, of two who came at once',
      [member('b'), member('a', 'member', { joinedAt: member('b').joinedAt })],
      'a',
    ],
    ['no bot', [member('a', 'member', bot), member('b', 'guest')], 'b'],
    ['a person, though a bot is manager', [member('a', 'member', { ...bot, ...manager }), member('b')], 'b'],
    ['nobody, where only bots are left', [member('a', 'member', bot)], undefined],
    ['nobody, where nobody is left', [], undefined],
  ];

  it.each(cases)('is %s', (_, members, expected) => {
    expect(successorOf(channel, members)).toBe(expected);
    expect(successorOf({ kind: 'group', visibility: 'private' }, members)).toBe(expected);
  });

  it.each([
    ['in a public channel, which admins run from outside', { kind: 'channel', visibility: 'public' }],
    ['in a support case, which they run as well', { kind: 'support', visibility: 'private' }],
    ['in a direct conversation, which nobody runs', { kind: 'direct', visibility: 'private' }],
  ] as const)('is nobody %s', (_, conversation) => {
    expect(successorOf(conversation, [member('a')])).toBeUndefined();
  });
});
