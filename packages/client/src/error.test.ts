import { problem } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { readProblem } from './error.ts';

const forbidden = { type: 'urn:atrium:problem:forbidden', title: 'Not permitted', status: 403, code: 'forbidden' };

it.each([forbidden, { ...forbidden, detail: 'Only managers may do this.', requestId: 'r', retryAfterMs: 5 }])(
  'parses a problem: %j',
  (value) => {
    expect(problem.safeParse(value).success).toBe(true);
    expect(readProblem(value)).toEqual(value);
  },
);

it.each([
  [undefined],
  [null],
  ['forbidden'],
  [{ ...forbidden, code: 'unheard_of' }],
  [{ ...forbidden, code: 5 }],
  [{ ...forbidden, title: undefined }],
  [{ ...forbidden, type: 1 }],
  [{ ...forbidden, status: '403' }],
  [{ ...forbidden, detail: 5 }],
  [{ ...forbidden, retryAfterMs: 'soon' }],
])('does not take anything else for one: %j', (value) => {
  expect(problem.safeParse(value).success).toBe(false);
  expect(readProblem(value)).toBeUndefined();
});
