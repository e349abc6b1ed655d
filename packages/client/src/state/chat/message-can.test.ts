import { describe, expect, it } from 'vitest';
import { conversation as inContract } from '../../../test/fixtures.ts';
import { messageCan } from './message-can.ts';
import { toLiveConversation } from './state.ts';

const live = toLiveConversation(inContract);
const member = { userId: 'me', role: 'member' as const, joinedAt: '' };
const said = (senderId: string, more = {}) => ({ senderId, type: 'text' as const, ...more });
const outside = { ...live, can: { ...live.can, moderate: false }, members: {} };
const open = { ...outside, members: { me: member } };
const led = { ...open, can: { ...live.can, moderate: true } };
const archived = { ...led, archivedAt: '2026-11-01T00:00:00.000Z' };
const names = (can: object) => Object.entries(can).flatMap(([name, allowed]) => (allowed ? [name] : []));

describe('the actions for a message', () => {
  it.each([
    ['mine', said('me'), open, ['edit', 'delete', 'react', 'reply', 'pin', 'save', 'history']],
    ["somebody else's", said('ben'), open, ['react', 'reply', 'pin', 'save']],
    ["somebody else's, to a moderator", said('ben'), led, ['delete', 'react', 'reply', 'pin', 'save', 'history']],
    ['mine, archived', said('me'), archived, ['save', 'history']],
    ['mine, deleted', said('me', { deletedAt: 'then' }), open, ['reply', 'history']],
    [
      'mine, of the system',
      { senderId: 'me', type: 'system' as const },
      open,
      ['delete', 'react', 'reply', 'pin', 'save', 'history'],
    ],
    ['where I only read', said('ben'), outside, ['save']],
    ['where I once wrote', said('me'), outside, ['save']],
  ])('%s', (_, message, conversation, allowed) => {
    expect(names(messageCan(conversation, message, 'me'))).toEqual(allowed);
  });

  it('contain no changes before the conversation is in the state', () => {
    expect(names(messageCan(undefined, said('me'), 'me'))).toEqual(['save']);
  });
});
