import { defineWalk } from '../../../../test/walk/define.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
search.messages                              401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
search.messages / in it                      401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
search.messages / in public                  401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
`,
  inputs: {
    'search.messages': () => ({ q: 'Hello' }),
    'search.messages / in it': ({ w }) => ({ q: 'Hello', in: w.channel }),
    'search.messages / in public': ({ w }) => ({ q: 'Hello', in: w.open }),
  },
});
