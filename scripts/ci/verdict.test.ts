import { expect, it } from 'vitest';
import { type Report, verdict } from './verdict.ts';

function report(...statuses: string[]): Report {
  const count = (status: string) => statuses.filter((each) => each === status).length;
  const assertionResults = statuses.map((status, at) => ({ status, fullName: `test ${at}` }));
  const status = count('failed') > 0 ? 'failed' : 'passed';
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    testResults: [{ name: 'a.test.ts', status, assertionResults }],
  };
}

it('counts what passed and failed', () => {
  expect(verdict(report('passed', 'passed'), 0, 0)).toEqual({ passed: 2, failed: 0, reasons: [] });
  expect(verdict(report('passed', 'failed'), 0, 1)).toEqual({ passed: 1, failed: 1, reasons: [] });
});

it.each(['skipped', 'pending', 'todo', 'disabled'])('fails a run with a %s test', (status) => {
  expect(verdict(report('passed', status), 0, 0)).toMatchObject({
    failed: 1,
    reasons: ['left out: test 1 (a.test.ts)'],
  });
});

it('fails a run without a report or without a test', () => {
  expect(verdict(undefined, 0, 1)).toEqual({ passed: 0, failed: 1, reasons: ['no test ran'] });
  expect(verdict(report(), 0, 0)).toMatchObject({ failed: 1 });
});

it('fails a run whose check failed', () => {
  expect(verdict(report('passed'), 2, 0)).toEqual({ passed: 1, failed: 1, reasons: ['npm run check ended with 2'] });
});

it('fails a file that could not be loaded', () => {
  const broken = report('passed');
  broken.testResults.push({ name: 'b.test.ts', status: 'failed', assertionResults: [] });
  expect(verdict(broken, 0, 1)).toEqual({ passed: 1, failed: 1, reasons: ['could not be run whole: b.test.ts'] });
});

it('fails a run with an error outside of any test', () => {
  expect(verdict(report('passed'), 0, 1)).toEqual({ passed: 1, failed: 1, reasons: ['npm test ended with 1'] });
});
