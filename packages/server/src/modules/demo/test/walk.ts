import { defineWalk } from '../../../../test/walk/define.ts';
import { nothing } from '../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
demo.load                                    401  403  403  403  403  403  403  403  403  403  403  403  conflict
`,
  inputs: { 'demo.load': nothing },
});
