import { defineWalk } from '../../../../test/walk/define.ts';
import { nothing } from '../../../../test/walk/inputs.ts';

const days = { from: '2026-05-01', to: '2026-05-31' };
const absent = '00000000-0000-7000-8000-000000000000';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
analytics.get                                401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
analytics.days                               401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
analytics.ofWorkspace                        401  unv  403  404  404  403  403  403  403  403  ok   ok   404
analytics.setGoals                           401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
analytics.setDaysOff                         401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
analytics.addPause                           401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
analytics.endPause                           401  unv  unv  404  404  404  404  404  404  404  404  404  404
`,
  inputs: {
    'analytics.get': nothing,
    'analytics.days': () => days,
    'analytics.ofWorkspace': ({ w }) => ({ workspaceId: w.id, ...days }),
    'analytics.setGoals': () => ({ daily: 3, weekly: null }),
    'analytics.setDaysOff': () => ({ weekdays: [6, 7] }),
    'analytics.addPause': () => days,
    'analytics.endPause': () => ({ pauseId: absent }),
  },
});
