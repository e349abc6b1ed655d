import { randomUUID } from 'node:crypto';
import { defineWalk } from '../../../../test/walk/define.ts';
import { fresh, nothing } from '../../../../test/walk/inputs.ts';

const typed = (text: string) => ({ text, clientMessageId: randomUUID() });

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
commands.list                                401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
commands.run                                 401  unv  unv  404  404  404  404  404  403  ok   404  404  404
commands.run / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
commands.run / say                           401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
commands.run / unknown                       401  unv  unv  404  404  404  404  404  unknown_command unknown_command 404 404 404
`,
  inputs: {
    'commands.list': nothing,
    'commands.run': ({ w }) => ({ conversationId: w.channel, ...typed(`/topic ${fresh()}`) }),
    'commands.run / public': ({ w }) => ({ conversationId: w.open, ...typed(`/topic ${fresh()}`) }),
    'commands.run / say': ({ w }) => ({ conversationId: w.channel, ...typed('/shrug') }),
    'commands.run / unknown': ({ w }) => ({ conversationId: w.channel, ...typed('/nothing') }),
  },
});
