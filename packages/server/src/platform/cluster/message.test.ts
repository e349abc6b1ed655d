import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, type Message, MOST_ENTRIES, MOST_PEOPLE, recordsOf, type Unsigned } from './message.ts';

const from = randomUUID();
const user = randomUUID();
const stream = `conversation:${randomUUID()}` as const;
const typing = { conversationId: randomUUID(), userId: user, until: '2026-01-01T00:00:00.000Z' };

const sent: Unsigned[] = [
  { kind: 'heads', heads: { [stream]: 7 } },
  { kind: 'volatile', streams: [stream], type: 'typing', data: typing },
  { kind: 'volatile', streams: [stream], type: 'typing', data: typing, exceptUserId: user },
  { kind: 'beat', version: 0 },
  { kind: 'changed', version: 3, devices: { [user]: { [from]: 2 } } },
  { kind: 'all', version: 3, part: 0, parts: 1, devices: {} },
  { kind: 'ask' },
  { kind: 'ask', of: randomUUID() },
  { kind: 'bye' },
  { kind: 'word', topic: 'presence:chosen', data: { userId: user, status: 'away' } },
];

describe('messages between nodes', () => {
  test.each(sent)('$kind is unchanged after encoding and decoding', (content) => {
    expect(decode(encode(from, content) ?? '')).toEqual({ from, ...content });
  });

  test.each<[string, object]>([
    ['an unknown kind', { kind: 'stop' }],
    ['a name that is none', { kind: 'beat', version: 1, from: 'me' }],
    ['something more than was agreed', { kind: 'beat', version: 1, more: true }],
    ['a stream that is none', { kind: 'heads', heads: { everything: 1 } }],
    ['a head below zero', { kind: 'heads', heads: { [stream]: -1 } }],
    ['too many heads', { kind: 'heads', heads: many(MOST_ENTRIES + 1) }],
    ['a durable event', { kind: 'volatile', streams: [stream], type: 'message:receive', data: {} }],
    ['a volatile event with other data', { kind: 'volatile', streams: [stream], type: 'typing', data: { until: 1 } }],
    ['no stream', { kind: 'volatile', streams: [], type: 'typing', data: typing }],
    ['a part after the last', { kind: 'all', version: 1, part: 1, parts: 1, devices: {} }],
    ['half a connection', { kind: 'changed', version: 1, devices: { [user]: { [from]: 0.5 } } }],
    ['a device without a connection', { kind: 'changed', version: 1, devices: { [user]: { [from]: 0 } } }],
    ['a device that is none', { kind: 'changed', version: 1, devices: { [user]: { phone: 1 } } }],
  ])('%s is not read', (_, content) => {
    expect(decode(JSON.stringify({ from, ...content }))).toBeUndefined();
  });

  test('decoding never throws, and text that is too long is not decoded', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => decode(text) === undefined));
    expect(decode(`${' '.repeat(300_000)}${JSON.stringify({ from, kind: 'bye' })}`)).toBeUndefined();
    const data = { text: 'x'.repeat(300_000) };
    expect(encode(from, { kind: 'word', topic: 'long', data })).toBeUndefined();
  });

  test('any number of heads is split into messages that can be decoded, without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * MOST_ENTRIES + 1 }), (count) => {
        const heads = new Map(Object.entries(many(count)));
        const read = recordsOf(heads).map((record) => decode(encode(from, { kind: 'heads', heads: record }) ?? ''));
        const all = read.flatMap((message) => Object.entries((message as Extract<Message, { kind: 'heads' }>).heads));
        return all.length === count && all.every(([name, head]) => heads.get(name) === head);
      }),
      { numRuns: 10 },
    );
  });

  test('all users with the maximum number of devices fit into messages that can be decoded', () => {
    const devices = () => Object.fromEntries(Array.from({ length: 20 }, () => [randomUUID(), 1]));
    const people = new Map(Array.from({ length: 2 * MOST_PEOPLE + 1 }, () => [randomUUID(), devices()]));
    const records = recordsOf(people, MOST_PEOPLE);
    expect(records).toHaveLength(3);
    for (const record of records) {
      const content = { kind: 'changed', version: 1, devices: record } as const;
      expect(decode(encode(from, content) ?? '')).toEqual({ from, ...content });
    }
  });
});

function many(count: number): Record<`conversation:${string}`, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`conversation:${randomUUID()}`, at]));
}
