import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  'timesheets.export': act(({ bob }) =>
    bob.call('timesheets.export', { from: '2026-05-01', to: '2026-05-31', format: 'csv' }),
  ),
};
