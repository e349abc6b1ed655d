import { expect, it } from 'vitest';
import { parseReminder } from './parse.ts';

/** A Wednesday, 13:00 in Berlin. */
const now = new Date('2026-11-04T12:00:40Z');
const parse = (text: string) => parseReminder(text, now, 'Europe/Berlin');
const me = { kind: 'me' };
const local = (localTime: string) => ({ localTime });
const every = (localTime: string, recurrence: string, words: string) => ({ localTime, recurrence, words });

it.each([
  ['me to water the plants in 20 minutes', 'water the plants', { scheduledAt: '2026-11-04T12:20:40.000Z' }],
  ['me in an hour to water the plants', 'water the plants', { scheduledAt: '2026-11-04T13:00:40.000Z' }],
  ['me "lunch" in half an hour', 'lunch', { scheduledAt: '2026-11-04T12:30:40.000Z' }],
  ['me report in 2 weeks', 'report', { scheduledAt: '2026-11-18T12:00:40.000Z' }],
  ['me water the plants tomorrow 9:00', 'water the plants', local('2026-11-05T09:00')],
  ['me tomorrow at 9:00 to water the plants', 'water the plants', local('2026-11-05T09:00')],
  ['me about the tax tomorrow', 'the tax', local('2026-11-05T09:00')],
  ['me stretch at 18:00', 'stretch', local('2026-11-04T18:00')],
  ['me stretch at 9:00', 'stretch', local('2026-11-05T09:00')],
  ['me call on 24 December 2026 at 10:30', 'call', local('2026-12-24T10:30')],
  ['me stand-up every monday', 'stand-up', every('2026-11-09T09:00', 'FREQ=WEEKLY;BYDAY=MO', 'every Monday')],
  [
    'me every weekday at 9:15 stand-up',
    'stand-up',
    every('2026-11-05T09:15', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'),
  ],
  ['me stand-up every wed at 2pm', 'stand-up', every('2026-11-04T14:00', 'FREQ=WEEKLY;BYDAY=WE', 'every Wednesday')],
  ['me stand-up every wed at noon', 'stand-up', every('2026-11-11T12:00', 'FREQ=WEEKLY;BYDAY=WE', 'every Wednesday')],
  [
    'me bins every mon, thu and fri',
    'bins',
    every('2026-11-05T09:00', 'FREQ=WEEKLY;BYDAY=MO,TH,FR', 'every Monday, Thursday, Friday'),
  ],
  ['me backup every day at 23:30', 'backup', every('2026-11-04T23:30', 'FREQ=DAILY', 'every day')],
  ['me backup every 2 days 8:00', 'backup', every('2026-11-06T08:00', 'FREQ=DAILY;INTERVAL=2', 'every 2 days')],
  ['me rent every month', 'rent', every('2026-12-04T09:00', 'FREQ=MONTHLY', 'every month')],
  ['me water the plants', 'water the plants', undefined],
  ['me backup every 0 days', 'backup', undefined],
  ['me backup every day at 25:00', 'backup', undefined],
  ['me to read "in 20 minutes" again', 'read "in 20 minutes" again', undefined],
  ['me', '', undefined],
])('%s', (text, message, time) => {
  expect(parse(text)).toEqual({ target: me, message, time });
});

it.each([
  ['@Ben call me tomorrow', { kind: 'person', username: 'ben' }, 'call me'],
  ['#plans stand-up tomorrow', { kind: 'channel', name: 'plans' }, 'stand-up'],
  ['#"Garden plans" stand-up tomorrow', { kind: 'channel', name: 'Garden plans' }, 'stand-up'],
])('%s', (text, target, message) => {
  expect(parse(text)).toMatchObject({ target, message });
});

it.each(['', 'Ben call me tomorrow', 'mealtime tomorrow', '@ call tomorrow'])('%j names no recipient', (text) => {
  expect(parse(text)).toBeUndefined();
});

it('parses hostile text quickly', () => {
  const started = performance.now();
  for (const text of [`me ${'every '.repeat(1_300)}`, `me ${'mon,'.repeat(1_900)}`, `me ${' '.repeat(7_900)}x`])
    parse(text);
  expect(performance.now() - started).toBeLessThan(2_000);
});
