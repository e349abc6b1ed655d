import { randomUUID } from 'node:crypto';
import { defineWalk, type InputFor } from '../../../../../test/walk/define.ts';
import {
  channel,
  fresh,
  inOpen,
  nothing,
  ofColleague,
  ofManager,
  openChannel,
} from '../../../../../test/walk/inputs.ts';

const message = () => ({ content: 'Hello', clientMessageId: randomUUID() });
const reactionTo =
  (message: InputFor): InputFor =>
  (...args) => ({ ...message(...args), emoji: ':tada:' });

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
messages.send                                401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
messages.send / public                       401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.send / reply                        401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
messages.send / answer to nothing            401  unv  unv  404  404  404  404  404  invalid_input invalid_input 404 404 404
messages.send / to a colleague               401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
messages.send / to someone of V              401  unv  unv  404  ok   404  404  404  404  404  404  404  404
messages.list                                401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
messages.list / public                       401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
messages.ack                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
messages.ack / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.markUnread                          401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
messages.markUnread / public                 401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.get                                 401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
messages.get / public                        401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
messages.update / own                        401  unv  unv  404  404  404  404  404  403  ok   404  404  404
messages.update / of another                 401  unv  unv  404  404  404  404  404  403  403  404  404  404
messages.update / public                     401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.delete / own                        401  unv  unv  404  404  404  404  404  403  ok   404  404  404
messages.delete / of another                 401  unv  unv  404  404  404  404  404  403  ok   404  404  404
messages.delete / public                     401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
messages.history                             401  unv  403  404  404  404  404  404  403  ok   404  404  404
messages.history / public                    401  unv  403  404  404  404  404  403  403  ok   ok   ok   404
reactions.add                                401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reactions.add / public                       401  unv  unv  404  404  404  404  403  403  ok   403  403  404
reactions.remove                             401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reactions.remove / public                    401  unv  unv  404  404  404  404  403  403  ok   403  403  404
threads.list                                 401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
threads.replies                              401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
threads.replies / public                     401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
threads.read                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
threads.read / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
threads.follow                               401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
threads.follow / public                      401  unv  unv  404  404  404  404  403  403  ok   403  403  404
threads.unfollow                             401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
threads.unfollow / public                    401  unv  unv  404  404  404  404  403  403  ok   403  403  404
`,
  inputs: {
    'messages.send': ({ w }) => ({ conversationId: w.channel, ...message() }),
    'messages.send / public': ({ w }) => ({ conversationId: w.open, ...message() }),
    'messages.send / reply': (world, caller) => ({
      conversationId: world.w.channel,
      ...message(),
      replyTo: ofColleague(world, caller).messageId,
    }),
    'messages.send / answer to nothing': ({ w }) => ({
      conversationId: w.channel,
      ...message(),
      replyTo: randomUUID(),
    }),
    'messages.send / to a colleague': ({ w }) => ({ toUserId: w.spare.userId, ...message() }),
    'messages.send / to someone of V': ({ v }) => ({ toUserId: v.colleague.userId, ...message() }),
    'messages.list': channel,
    'messages.list / public': openChannel,
    'messages.ack': ({ w }) => ({ conversationId: w.channel, readSeq: 2 }),
    'messages.ack / public': ({ w }) => ({ conversationId: w.open, readSeq: 1 }),
    'messages.markUnread': ({ w }) => ({ conversationId: w.channel, fromSeq: 2 }),
    'messages.markUnread / public': ({ w }) => ({ conversationId: w.open, fromSeq: 1 }),
    'messages.get': ofColleague,
    'messages.get / public': inOpen,
    'messages.update / own': (world, caller) => ({ ...ofManager(world, caller), content: fresh() }),
    'messages.update / of another': (world, caller) => ({ ...ofColleague(world, caller), content: fresh() }),
    'messages.update / public': (world, caller) => ({ ...inOpen(world, caller), content: fresh() }),
    'messages.delete / own': ofManager,
    'messages.delete / of another': ofColleague,
    'messages.delete / public': inOpen,
    'messages.history': ofColleague,
    'messages.history / public': inOpen,
    'reactions.add': reactionTo(ofColleague),
    'reactions.add / public': reactionTo(inOpen),
    'reactions.remove': reactionTo(ofColleague),
    'reactions.remove / public': reactionTo(inOpen),
    'threads.list': nothing,
    'threads.replies': ofColleague,
    'threads.replies / public': inOpen,
    'threads.read': (...world) => ({ ...ofColleague(...world), readSeq: 1 }),
    'threads.read / public': (...world) => ({ ...inOpen(...world), readSeq: 1 }),
    'threads.follow': ofColleague,
    'threads.follow / public': inOpen,
    'threads.unfollow': ofColleague,
    'threads.unfollow / public': inOpen,
  },
});
