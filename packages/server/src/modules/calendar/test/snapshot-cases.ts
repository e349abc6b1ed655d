import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  'calendar.rotate': act(({ bob }) => bob.call('calendar.rotate', {})),
  'calendar.disable': {
    prepare: async ({ bob }) => {
      await bob.call('calendar.rotate', {});
      return undefined;
    },
    act: ({ bob }) => bob.call('calendar.disable', {}),
  },
};
