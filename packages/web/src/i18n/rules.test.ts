import { expect, it } from 'vitest';
import { readRule, WEEKDAYS } from './rules.ts';

it.each([
  ['FREQ=DAILY', { unit: 'DAILY', interval: 1, days: [] }],
  ['FREQ=WEEKLY;INTERVAL=2', { unit: 'WEEKLY', interval: 2, days: [] }],
  ['FREQ=WEEKLY;BYDAY=SU,MO', { unit: 'WEEKLY', interval: 1, days: [1, 7] }],
  [WEEKDAYS, { unit: 'WEEKLY', interval: 1, days: [1, 2, 3, 4, 5] }],
  ['INTERVAL=3;FREQ=YEARLY', { unit: 'YEARLY', interval: 3, days: [] }],
  ['FREQ=MONTHLY;BYDAY=2TU', undefined],
  ['FREQ=DAILY;BYDAY=MO', undefined],
  ['FREQ=WEEKLY;COUNT=3', undefined],
  ['FREQ=HOURLY', undefined],
  ['FREQ=DAILY;INTERVAL=0', undefined],
  ['', undefined],
])('reads the rule %s', (rule, read) => {
  expect(readRule(rule)).toEqual(read);
});
