import { expect, it } from 'vitest';
import { outcomesOf, summarise } from './long-run.ts';

it('reads the result of each test, and leaves out skipped ones', () => {
  const outcomes = outcomesOf('f1.test.ts', {
    testResults: [
      {
        message: '',
        assertionResults: [
          { title: 'F1 a', status: 'passed', duration: 1_500, failureMessages: [] },
          { title: 'F1 b', status: 'failed', duration: null, failureMessages: ['lost 7'] },
          { title: 'F1 c', status: 'skipped' },
        ],
      },
    ],
  });
  expect(outcomes).toEqual([
    { title: 'F1 a', passed: true, seconds: 1.5, reason: '' },
    { title: 'F1 b', passed: false, seconds: 0, reason: 'lost 7' },
  ]);
});

it('treats a file that could not be loaded as a failure', () => {
  const [outcome] = outcomesOf('some/f1.test.ts', {
    testResults: [{ message: 'no such import', assertionResults: [] }],
  });
  expect(outcome).toEqual({ title: 'f1.test.ts as a whole', passed: false, seconds: 0, reason: 'no such import' });
});

it('lists every test once, by number, with its runs and failures', () => {
  const once = { passed: true, seconds: 1, reason: '' };
  const lines = summarise([
    { ...once, title: 'F14 silence' },
    { ...once, title: 'F3 database' },
    { ...once, title: 'F3 database', passed: false, seconds: 9.25 },
  ]).split('\n');
  expect(lines.map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['runs', 'failed', 'longest s', 'test'],
    ['2', '1', '9.3', 'F3 database'],
    ['1', '0', '1.0', 'F14 silence'],
  ]);
});
