import { describe, expect, it } from 'vitest';
import { messageCan } from './message-can.ts';

const member = (role: 'manager' | 'member') => ({ userId: 'me', role, joinedAt: '' });
const said = (senderId: string, more = {}) => ({ senderId, type: 'text' as const, ...more });
const open = { archivedAt: null, members: { me: member('member') } };
const led = { archivedAt: null, members: { me: member('manager') } };
const archived = { archivedAt: '2026-11-01T00:00:00.000Z', members: { me: member('manager') } };
const names = (can: object) => Object.entries(can).flatMap(([name, allowed]) => (allowed ? [name] : []));

describe('what is offered at a message', () => {
  it.each([
    ['mine', said('me'), open, ['edit', 'delete', 'pin', 'react', 'history']],
    ["somebody else's", said('ben'), open, ['pin', 'react']],
    ["somebody else's, to a manager", said('ben'), led, ['delete', 'pin', 'react', 'history']],
    ['mine, archived', said('me'), archived, ['history']],
    ['mine, deleted', said('me', { deletedAt: 'then' }), open, ['history']],
    ['of the system', { senderId: 'me', type: 'system' as const }, open, ['history']],
    ['where I only read', said('ben'), { archivedAt: null, members: {} }, []],
  ])('%s', (_, message, conversation, allowed) => {
    expect(names(messageCan(message, conversation, 'me'))).toEqual(allowed);
  });
});
