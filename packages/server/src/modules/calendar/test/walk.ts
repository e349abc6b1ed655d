import { defineWalk } from '../../../../test/walk/define.ts';
import { nothing } from '../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
calendar.get                                 401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
calendar.rotate                              401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
calendar.disable                             401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
`,
  inputs: { 'calendar.get': nothing, 'calendar.rotate': nothing, 'calendar.disable': nothing },
});
