import { defineWalk } from '../../../../../test/walk/define.ts';
import { channel, openChannel } from '../../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
retention.setWorkspace                       401  unv  unv  404  404  403  403  403  403  403  403  ok   404
retention.setConversation                    401  unv  unv  404  404  404  404  404  403  ok   404  404  404
exports.conversation                         401  unv  unv  404  404  404  404  404  403  ok   404  ok   404
exports.conversation / public                401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
`,
  inputs: {
    'retention.setWorkspace': ({ w }) => ({ workspaceId: w.id, days: 30 }),
    'retention.setConversation': ({ w }) => ({ conversationId: w.channel, days: 30 }),
    'exports.conversation': channel,
    'exports.conversation / public': openChannel,
  },
});
