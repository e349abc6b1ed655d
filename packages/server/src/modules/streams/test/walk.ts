import { defineWalk } from '../../../../test/walk/define.ts';
import { nothing } from '../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
streams.resume                               401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
streams.sync                                 401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
streams.snapshot                             401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
`,
  inputs: {
    'streams.resume': ({ w }) => ({ since: { [`conversation:${w.channel}`]: 0 } }),
    'streams.sync': ({ w }) => ({ stream: `conversation:${w.channel}`, after: 0 }),
    'streams.snapshot': nothing,
  },
});
