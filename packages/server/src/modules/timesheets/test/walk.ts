import { defineWalk } from '../../../../test/walk/define.ts';

const days = { from: '2026-05-01', to: '2026-05-31' };

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
timesheets.get                               401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
timesheets.get / of W                        401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
timesheets.get / of a colleague              401  unv  403  404  404  403  403  403  403  403  ok   ok   404
timesheets.export                            401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
timesheets.export / of a colleague           401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
`,
  inputs: {
    'timesheets.get': () => days,
    'timesheets.get / of W': ({ w }) => ({ ...days, workspaceId: w.id }),
    'timesheets.get / of a colleague': ({ w }) => ({ ...days, workspaceId: w.id, userId: w.colleague.userId }),
    'timesheets.export': () => ({ ...days, format: 'csv' }),
    'timesheets.export / of a colleague': ({ w }) => ({
      ...days,
      format: 'pdf',
      workspaceId: w.id,
      userId: w.colleague.userId,
    }),
  },
});
