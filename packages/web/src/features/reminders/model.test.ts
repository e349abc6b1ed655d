import type { Reminder } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { byTime, hasCome, namedTimes } from './model.ts';

const namesAt = (now: string, today: string) =>
  namedTimes(Date.parse(now), today, 'Europe/Berlin').map(({ name, at }) => [name, at]);

describe('the times that are offered', () => {
  it('are those ahead, in the zone of the person', () => {
    expect(namesAt('2026-11-26T10:05:00Z', '2026-11-26')).toEqual([
      ['minutes', '2026-11-26T10:25:00.000Z'],
      ['hour', '2026-11-26T11:05:00.000Z'],
      ['evening', '2026-11-26T17:00:00.000Z'],
      ['tomorrow', '2026-11-27T08:00:00.000Z'],
      ['monday', '2026-11-30T08:00:00.000Z'],
    ]);
  });

  it('leave out an evening that has come, and a Monday that is tomorrow', () => {
    expect(namesAt('2026-11-29T17:00:00Z', '2026-11-29').map(([name]) => name)).toEqual([
      'minutes',
      'hour',
      'tomorrow',
    ]);
  });

  it('mean the Monday after on a Monday', () => {
    expect(namesAt('2026-11-30T10:00:00Z', '2026-11-30').at(-1)).toEqual(['monday', '2026-12-07T08:00:00.000Z']);
  });

  it('are tied to the clock on the wall where a day is named', () => {
    const times = namedTimes(Date.parse('2026-11-26T10:05:00Z'), '2026-11-26', 'Europe/Berlin');
    expect(times.map(({ when }) => when)).toEqual([
      { scheduledAt: '2026-11-26T10:25:00.000Z' },
      { scheduledAt: '2026-11-26T11:05:00.000Z' },
      { localTime: '2026-11-26T18:00' },
      { localTime: '2026-11-27T09:00' },
      { localTime: '2026-11-30T09:00' },
    ]);
  });
});

const reminder = (id: string, more: Partial<Reminder>) =>
  ({ id, scheduledAt: null, snoozedUntil: null, sentAt: null, ...more }) as Reminder;

it('puts the earliest first, by the time to which it was snoozed', () => {
  const all = [
    reminder('none', {}),
    reminder('late', { scheduledAt: '2026-11-28T08:00:00.000Z' }),
    reminder('snoozed', { scheduledAt: '2026-11-26T08:00:00.000Z', snoozedUntil: '2026-11-29T08:00:00.000Z' }),
    reminder('early', { scheduledAt: '2026-11-27T08:00:00.000Z' }),
  ];
  expect(byTime(all).map(({ id }) => id)).toEqual(['early', 'late', 'snoozed', 'none']);
});

it.each([
  ['not yet', { scheduledAt: '2026-11-27T08:00:00.000Z' }, false],
  ['sent', { scheduledAt: '2026-11-27T08:00:00.000Z', sentAt: '2026-11-27T08:00:01.000Z' }, true],
  ['sent once, comes back', { scheduledAt: '2026-11-28T08:00:00.000Z', sentAt: '2026-11-27T08:00:01.000Z' }, false],
  [
    'snoozed',
    {
      scheduledAt: '2026-11-27T08:00:00.000Z',
      sentAt: '2026-11-27T08:00:01.000Z',
      snoozedUntil: '2026-11-27T09:00:00.000Z',
    },
    false,
  ],
])('knows whether a reminder has come: %s', (_, more, expected) => {
  expect(hasCome(reminder('one', more))).toBe(expected);
});
