import { defineWalk } from '../../../../../test/walk/define.ts';
import { channel, fresh, inOpen, nothing, ofColleague, openChannel } from '../../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
pins.list                                    401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
pins.list / public                           401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
pins.add                                     401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
pins.add / public                            401  unv  unv  404  404  404  404  403  403  ok   403  403  404
pins.remove                                  401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
pins.remove / public                         401  unv  unv  404  404  404  404  403  403  ok   403  403  404
saved.list                                   401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
saved.add                                    401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
saved.add / public                           401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
saved.remove                                 401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
drafts.set                                   401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
drafts.set / public                          401  unv  unv  404  404  404  404  403  403  ok   403  403  404
`,
  inputs: {
    'pins.list': channel,
    'pins.list / public': openChannel,
    'pins.add': (...world) => ({ ...channel(...world), ...ofColleague(...world) }),
    'pins.add / public': (...world) => ({ ...openChannel(...world), ...inOpen(...world) }),
    'pins.remove': (...world) => ({ ...channel(...world), ...ofColleague(...world) }),
    'pins.remove / public': (...world) => ({ ...openChannel(...world), ...inOpen(...world) }),
    'saved.list': nothing,
    'saved.add': ofColleague,
    'saved.add / public': inOpen,
    'saved.remove': ofColleague,
    'drafts.set': (...world) => ({ ...channel(...world), content: fresh() }),
    'drafts.set / public': (...world) => ({ ...openChannel(...world), content: fresh() }),
  },
});
