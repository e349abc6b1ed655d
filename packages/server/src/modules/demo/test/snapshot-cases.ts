import { expect } from 'vitest';
import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  // With other people present, nothing changes; demo.test.ts compares the states when it is loaded.
  'demo.load': act(({ root }) => expect(root.call('demo.load', {})).rejects.toMatchObject({ code: 'conflict' })),
};
