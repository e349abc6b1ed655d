import { describe, expect, it } from 'vitest';
import { readDue } from './dates.ts';

const now = new Date('2026-08-05T10:00:00Z');
const due = (words: string, language = 'en') => readDue(words, { language, now, timeZone: 'Europe/Berlin' });
const rule = (text: string, from: 'due' | 'completion' = 'due') => ({ rule: text, from, timeZone: 'Europe/Berlin' });

describe('dates of Todoist', () => {
  it.each([
    ['2026-08-09', { dueOn: '2026-08-09' }],
    ['2026-08-09 18:30', { dueAt: '2026-08-09T16:30:00.000Z' }],
    ['2026-08-09T07:05', { dueAt: '2026-08-09T05:05:00.000Z' }],
    ['2026-02-30', undefined],
    ['tomorrow', { dueOn: '2026-08-06' }],
    ['in 2 days', { dueOn: '2026-08-07' }],
    ['Aug 9', { dueOn: '2026-08-09' }],
    ['every day', { dueOn: '2026-08-05', recurrence: rule('FREQ=DAILY') }],
    ['every! 31st', { dueOn: '2026-08-31', recurrence: rule('FREQ=MONTHLY;BYMONTHDAY=31', 'completion') }],
    ['every other week', { dueOn: '2026-08-05', recurrence: rule('FREQ=WEEKLY;INTERVAL=2') }],
    ['every mon, fri at 9:00', { dueAt: '2026-08-07T07:00:00.000Z', recurrence: rule('FREQ=WEEKLY;BYDAY=MO,FR') }],
    ['every weekday', { dueOn: '2026-08-05', recurrence: rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR') }],
    ['every last day', { dueOn: '2026-08-31', recurrence: rule('FREQ=MONTHLY;BYMONTHDAY=-1') }],
    ['monthly', { dueOn: '2026-08-05', recurrence: rule('FREQ=MONTHLY') }],
    ['every full moon', undefined],
    ['when the beans are ripe', undefined],
  ])('%s', (words, expected) => {
    expect(due(words)).toEqual(expected);
  });

  it.each([
    ['jeden Montag', { dueOn: '2026-08-10', recurrence: rule('FREQ=WEEKLY;BYDAY=MO') }],
    ['alle 3 Tage', { dueOn: '2026-08-05', recurrence: rule('FREQ=DAILY;INTERVAL=3') }],
    ['jeden! 15.', { dueOn: '2026-08-15', recurrence: rule('FREQ=MONTHLY;BYMONTHDAY=15', 'completion') }],
    ['morgen', { dueOn: '2026-08-06' }],
  ])('%s', (words, expected) => {
    expect(due(words, 'de')).toEqual(expected);
  });
});
