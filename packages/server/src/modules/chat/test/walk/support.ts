import { defineWalk } from '../../../../../test/walk/define.ts';
import { channel, workspaceId } from '../../../../../test/walk/inputs.ts';
import type { SharedWorld } from '../../../../../test/walk/shared-world.ts';

/** An unassigned case of the customer. */
async function openCase({ people, w }: SharedWorld) {
  const { id } = await people.customer.call('conversations.create', { workspaceId: w.id, kind: 'support' });
  return { supportCase: id };
}

export const walk = defineWalk({
  prepare: openCase,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
support.queue                                401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
support.take                                 401  unv  unv  404  404  404  403  ok   ok   ok   ok   ok   404
support.take / no case                       401  unv  unv  404  404  404  404  404  conflict conflict 404 404 404
support.assign                               401  unv  unv  404  404  404  403  403  403  403  ok   ok   404
support.assign / to a customer               401  unv  unv  404  404  404  403  invalid_input invalid_input invalid_input invalid_input invalid_input 404
support.release                              401  unv  unv  404  404  404  403  403  403  403  ok   ok   404
support.close                                401  unv  unv  404  404  404  403  403  403  403  ok   ok   404
`,
  inputs: {
    'support.queue': workspaceId,
    'support.take': ({ supportCase }) => ({ conversationId: supportCase }),
    'support.take / no case': channel,
    'support.assign': ({ supportCase, w }) => ({ conversationId: supportCase, userId: w.colleague.userId }),
    'support.assign / to a customer': ({ supportCase, people }) => ({
      conversationId: supportCase,
      userId: people.customer.userId,
    }),
    'support.release': ({ supportCase }) => ({ conversationId: supportCase }),
    'support.close': ({ supportCase }) => ({ conversationId: supportCase }),
  },
});
