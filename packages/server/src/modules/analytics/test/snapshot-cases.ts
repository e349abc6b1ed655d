import type { DurableType } from '@atrium/protocol';
import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

const pause = { from: '2026-05-01', to: '2026-05-31' };

export const cases: Record<string, Case> = {
  'analytics.setGoals': act(({ bob }) => bob.call('analytics.setGoals', { daily: 3, weekly: 10 })),
  'analytics.setDaysOff': act(({ bob }) => bob.call('analytics.setDaysOff', { weekdays: [6, 7] })),
  'analytics.addPause': act(({ bob }) => bob.call('analytics.addPause', pause)),
  'analytics.endPause': {
    prepare: async ({ bob }) => ({ text: (await bob.call('analytics.addPause', pause)).pauses[0]?.id ?? '' }),
    act: ({ bob }, { text }) => bob.call('analytics.endPause', { pauseId: text }),
  },
};

/** Analytics are asked for: this tells screens that show them. */
export const eventsWithoutState: DurableType[] = ['analytics:preferences'];
