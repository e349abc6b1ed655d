import { describe, expect, test } from 'vitest';
import { nextDigest, quietUntil } from './quiet-hours.ts';

const night = { enabled: true, from: '21:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] };
const almostAll = { ...night, from: '02:00', to: '01:59' };
const wednesdays = { ...night, days: [3] };

describe('quietUntil', () => {
  // 2026-05-06 is a Wednesday.
  test.each([
    ['before', night, 'UTC', '2026-05-06T20:59:59Z', undefined],
    ['at the beginning', night, 'UTC', '2026-05-06T21:00:00Z', '2026-05-07T07:00:00.000Z'],
    ['before midnight', night, 'UTC', '2026-05-06T23:59:00Z', '2026-05-07T07:00:00.000Z'],
    ['after midnight', night, 'UTC', '2026-05-07T00:01:00Z', '2026-05-07T07:00:00.000Z'],
    ['to the last minute', night, 'UTC', '2026-05-07T06:59:59Z', '2026-05-07T07:00:00.000Z'],
    ['at the end', night, 'UTC', '2026-05-07T07:00:00Z', undefined],
    ['in the zone of the person', night, 'Asia/Kathmandu', '2026-05-06T15:15:00Z', '2026-05-07T01:15:00.000Z'],
    ['on a Wednesday', wednesdays, 'UTC', '2026-05-06T22:00:00Z', '2026-05-07T07:00:00.000Z'],
    ['the Thursday after it', wednesdays, 'UTC', '2026-05-07T06:00:00Z', '2026-05-07T07:00:00.000Z'],
    ['not from Tuesday on', wednesdays, 'UTC', '2026-05-06T06:00:00Z', undefined],
    ['not on Thursday evening', wednesdays, 'UTC', '2026-05-07T22:00:00Z', undefined],
    ['all but a minute', almostAll, 'UTC', '2026-05-06T02:00:00Z', '2026-05-07T01:59:00.000Z'],
    ['the minute', almostAll, 'UTC', '2026-05-06T01:59:30Z', undefined],
    ['equal times', { ...night, to: '21:00' }, 'UTC', '2026-05-06T21:00:00Z', undefined],
    ['off', { ...night, enabled: false }, 'UTC', '2026-05-06T22:00:00Z', undefined],
    ['the night that loses an hour', night, 'Europe/Berlin', '2026-03-29T04:59:00Z', '2026-03-29T05:00:00.000Z'],
    ['the night that gains one', night, 'Europe/Berlin', '2026-10-25T05:59:00Z', '2026-10-25T06:00:00.000Z'],
  ])('%s', (_, quiet, zone, now, end) => {
    expect(quietUntil(quiet, zone, new Date(now))?.toISOString()).toBe(end);
  });
});

describe('nextDigest', () => {
  test.each([
    ['hourly', 'Asia/Kathmandu', '2026-05-06T10:20:00Z', '2026-05-06T11:15:00.000Z'],
    ['daily', 'UTC', '2026-05-06T07:59:00Z', '2026-05-06T08:00:00.000Z'],
    ['daily', 'UTC', '2026-05-06T08:00:00Z', '2026-05-07T08:00:00.000Z'],
    ['daily', 'Europe/Berlin', '2026-03-28T08:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['daily', 'Pacific/Chatham', '2026-05-06T08:00:00Z', '2026-05-06T19:15:00.000Z'],
  ] as const)('%s in %s', (mode, zone, now, next) => {
    expect(nextDigest({ mode, time: '08:00' }, zone, new Date(now)).toISOString()).toBe(next);
  });
});
