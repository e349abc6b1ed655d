import { defineWalk } from '../../../../test/walk/define.ts';
import { nothing, workspaceId } from '../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
counters.watch                               401  403  403  403  403  403  403  403  403  403  403  403  ok
counters.unwatch                             401  403  403  403  403  403  403  403  403  403  403  403  ok
counters.history                             401  403  403  403  403  403  403  403  403  403  403  403  ok
doctor.run                                   401  403  403  403  403  403  403  403  403  403  403  403  ok
adminWorkspaces.list                         401  403  403  403  403  403  403  403  403  403  403  403  ok
adminWorkspaces.get                          401  403  403  403  403  403  403  403  403  403  403  403  ok
adminWorkspaces.members                      401  403  403  403  403  403  403  403  403  403  403  403  ok
adminWorkspaces.delete                       401  403  403  403  403  403  403  403  403  403  403  403  ok
`,
  inputs: {
    'counters.watch': nothing,
    'counters.unwatch': nothing,
    'counters.history': nothing,
    'doctor.run': nothing,
    'adminWorkspaces.list': nothing,
    'adminWorkspaces.get': workspaceId,
    'adminWorkspaces.members': workspaceId,
    'adminWorkspaces.delete': workspaceId,
  },
});
