import { defineWalk } from '../../../../test/walk/define.ts';
import { colleague, nothing } from '../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
presence.get                                 401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
presence.list                                401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
presence.set                                 401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
presence.overview                            401  403  403  403  403  403  403  403  403  403  403  403  ok
`,
  inputs: {
    'presence.get': colleague,
    'presence.list': ({ w }) => ({ userIds: [w.colleague.userId] }),
    'presence.set': () => ({ status: 'dnd' }),
    'presence.overview': nothing,
  },
});
