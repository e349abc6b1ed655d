import { defineWalk } from '../../../../../test/walk/define.ts';
import { channel, fresh, nothing, openChannel } from '../../../../../test/walk/inputs.ts';

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
conversations.create                         401  unv  unv  404  404  403  403  ok   ok   ok   ok   ok   404
conversations.create / support case          401  unv  unv  404  404  403  ok   invalid_input invalid_input invalid_input invalid_input invalid_input 404
conversations.create / with someone of V     401  unv  unv  404  404  403  403  invalid_input invalid_input invalid_input invalid_input invalid_input 404
conversations.list                           401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
conversations.list / directory               401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
conversations.get                            401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
conversations.get / public                   401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
conversations.update                         401  unv  unv  404  404  404  404  404  403  ok   404  404  404
conversations.update / public                401  unv  unv  404  404  404  404  403  403  ok   403  403  404
conversations.delete                         401  unv  unv  404  404  404  404  404  403  ok   404  404  404
conversations.delete / public                401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
conversations.members                        401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
conversations.members / public               401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
conversations.addMember                      401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
conversations.addMember / public             401  unv  unv  404  404  404  404  403  403  ok   403  403  404
conversations.addMember / someone of V       401  unv  unv  404  404  404  404  404  invalid_input invalid_input 404 404 404
conversations.removeMember                   401  unv  unv  404  404  404  404  404  403  ok   404  404  404
conversations.removeMember / oneself         401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
conversations.removeMember / public          401  unv  unv  404  404  404  404  403  403  404  403  403  404
conversations.join                           401  unv  unv  404  404  404  404  404  already_member already_member 404 404 404
conversations.join / public                  401  unv  unv  404  404  404  404  ok   ok   already_member ok ok 404
typing.start                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
typing.start / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
typing.stop                                  401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
`,
  inputs: {
    'conversations.create': ({ w }) => ({ workspaceId: w.id, kind: 'channel', name: fresh() }),
    'conversations.create / support case': ({ w }) => ({ workspaceId: w.id, kind: 'support' }),
    'conversations.create / with someone of V': ({ w, v }) => ({
      workspaceId: w.id,
      kind: 'channel',
      name: fresh(),
      memberIds: [v.colleague.userId],
    }),
    'conversations.list': nothing,
    'conversations.list / directory': ({ w }) => ({ workspaceId: w.id, scope: 'directory' }),
    'conversations.get': channel,
    'conversations.get / public': openChannel,
    'conversations.update': ({ w }) => ({ conversationId: w.channel, topic: fresh() }),
    'conversations.update / public': ({ w }) => ({ conversationId: w.open, topic: fresh() }),
    'conversations.delete': channel,
    'conversations.delete / public': openChannel,
    'conversations.members': channel,
    'conversations.members / public': openChannel,
    'conversations.addMember': ({ w }) => ({ conversationId: w.channel, userId: w.spare.userId }),
    'conversations.addMember / public': ({ w }) => ({ conversationId: w.open, userId: w.spare.userId }),
    'conversations.addMember / someone of V': ({ w, v }) => ({ conversationId: w.channel, userId: v.colleague.userId }),
    'conversations.removeMember': ({ w }) => ({ conversationId: w.channel, userId: w.colleague.userId }),
    'conversations.removeMember / oneself': ({ w }, { userId }) => ({ conversationId: w.channel, userId }),
    'conversations.removeMember / public': ({ w }) => ({ conversationId: w.open, userId: w.colleague.userId }),
    'conversations.join': channel,
    'conversations.join / public': openChannel,
    'typing.start': channel,
    'typing.start / public': openChannel,
    'typing.stop': channel,
  },
});
