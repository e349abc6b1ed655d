import { describe, expect, it } from 'vitest';
import { recipientsOf } from './recipients.ts';

const members = new Set(['ann', 'ben', 'gus', 'kim']);
const plain = { conversationId: 'c', senderId: 'ann', threadId: null, members, mentioned: [], followers: [] };
type Message = Parameters<typeof recipientsOf>[0];
type Level = 'all' | 'mentions' | 'nothing';

/** The notified people, as `person cause group addressed`. */
const told = (message: Partial<Message>, levels: Record<string, Level> = {}) =>
  recipientsOf({ ...plain, kind: 'channel', ...message }, new Map(Object.entries(levels)))
    .map(
      ({ accountId, cause, groupKey, addressed }) => `${accountId} ${cause} ${groupKey}${addressed ? ' to them' : ''}`,
    )
    .sort();

describe('a message notifies', () => {
  it.each<[string, Partial<Message>, Record<string, Level>, string[]]>([
    ['nobody in a channel', {}, {}, []],
    ['who wants all of it', {}, { ben: 'all', gus: 'mentions', kim: 'nothing' }, ['ben message messages c']],
    ['the other one directly', { kind: 'direct', members: new Set(['ann', 'ben']) }, {}, ['ben message messages c']],
    ['not the sender', {}, { ann: 'all' }, []],
    ['not the sender who is named', { mentioned: ['ann'] }, {}, []],
    ['nobody who has left', {}, { eve: 'all' }, []],
    ['who is mentioned', { mentioned: ['gus'] }, {}, ['gus message_mention mentions c to them']],
    [
      'who is mentioned and wants nothing: what they chose is decided later, and kept',
      { mentioned: ['gus'] },
      { gus: 'nothing' },
      ['gus message_mention mentions c to them'],
    ],
    [
      'each once, for the most particular reason',
      { threadId: 't', mentioned: ['ben'], followers: ['ann', 'ben', 'gus'] },
      { ben: 'all', gus: 'all', kim: 'all' },
      [
        'ben message_mention mentions t to them',
        'gus message_reply messages t to them',
        'kim message_reply messages t',
      ],
    ],
    ['no follower who has left', { threadId: 't', followers: ['eve'] }, {}, []],
  ])('%s', (_, message, levels, expected) => {
    expect(told(message, levels)).toEqual(expected);
  });
});
