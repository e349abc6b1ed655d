import { describe, expect, test } from 'vitest';
import { byTime, standingIn } from './positions.ts';

const since = new Date('2026-05-04T08:00:00Z');
const earlier = new Date('2026-05-04T07:00:00Z');
const range = (name: 'workspace:w' | 'conversation:c', floor: number, seq: number) => ({ name, floor, seq });

describe('the positions of an endpoint', () => {
  test.each([
    ['in a stream that it knows', null, 4, range('conversation:c', 0, 9), 4],
    ['where events have been pruned', null, 4, range('conversation:c', 6, 9), 6],
    ['in a new stream of an old thing', earlier, undefined, range('conversation:c', 0, 9), 9],
    ['in a stream that it was given', null, undefined, range('conversation:c', 0, 9), 9],
    ['in a stream that began after it', since, undefined, range('conversation:c', 0, 9), 0],
    ['in such a stream of which the beginning has been pruned', since, undefined, range('conversation:c', 3, 9), 3],
    ['in a stream without any event', since, undefined, undefined, 0],
  ] as const)('%s', (_, began, position, found, expected) => {
    const standing = standingIn(new Map([['conversation:c', began]]), {
      known: new Map(position === undefined ? [] : [['conversation:c', position]]),
      ranges: found === undefined ? [] : [found],
      since,
    });
    expect(standing.positions.get('conversation:c')).toBe(expected);
    expect(standing.changed.size).toBe(position === expected ? 0 : 1);
  });

  test('a stream that it may no longer see is dropped', () => {
    const known = new Map([['conversation:c', 4] as const, ['workspace:w', 1] as const]);
    const sources = new Map([['workspace:w', null] as const]);
    const ranges = [range('workspace:w', 0, 1), range('conversation:c', 0, 9)];
    expect(standingIn(sources, { known, ranges, since })).toEqual({
      positions: new Map([['workspace:w', 1]]),
      changed: new Map(),
      lost: ['conversation:c'],
    });
  });
});

test('events of several streams are sent by time, those of one stream in order', () => {
  const at = (stream: string, seq: number, time: string) => ({ meta: { stream, seq, at: time } });
  const events = [at('a', 1, '3'), at('a', 2, '1'), at('a', 3, '5'), at('b', 1, '2'), at('b', 2, '4')];
  expect(byTime(events).map(({ meta }) => `${meta.stream}${meta.seq}`)).toEqual(['b1', 'a1', 'a2', 'b2', 'a3']);
});
