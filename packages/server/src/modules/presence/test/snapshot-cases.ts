import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  'presence.set': act(({ bob }) => bob.call('presence.set', { status: 'dnd' })),
};
