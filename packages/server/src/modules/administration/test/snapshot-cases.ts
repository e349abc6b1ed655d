import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  'counters.watch': act(({ root }) => root.call('counters.watch', {})),
  'counters.unwatch': act(({ root }) => root.call('counters.unwatch', {})),
  'doctor.run': act(({ root }) => root.call('doctor.run', {})),
  'adminWorkspaces.delete': {
    prepare: async ({ bob }) => ({ text: (await bob.call('workspaces.create', { name: 'Abandoned' })).id }),
    act: ({ root }, { text }) => root.call('adminWorkspaces.delete', { workspaceId: text }),
  },
};
