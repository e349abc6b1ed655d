import { randomBytes, randomUUID } from 'node:crypto';
import { PASSWORD } from '../app.ts';
import type { WalkWorld } from './world.ts';

type Input = Record<string, unknown>;
/** Valid input for a row; `caller` is who will send it. */
type Build = (world: WalkWorld, caller: { userId: string; otherSessionId: string }) => Input;

const fresh = () => randomBytes(6).toString('hex');
const nothing = () => ({});
const workspaceId: Build = ({ w }) => ({ workspaceId: w.id });
const colleague: Build = ({ w }) => ({ userId: w.colleague.userId });
const member: Build = ({ w }) => ({ workspaceId: w.id, userId: w.colleague.userId });
const channel: Build = ({ w }) => ({ conversationId: w.channel });
const openChannel: Build = ({ w }) => ({ conversationId: w.open });
/** A message in the channel, by its manager or by a colleague; one in the public channel, by its manager. */
const ofManager: Build = ({ w }) => ({ messageId: w.messages.manager });
const ofColleague: Build = ({ w }) => ({ messageId: w.messages.colleague });
const inOpen: Build = ({ w }) => ({ messageId: w.messages.open });
const webhook = ({ w }: WalkWorld) => ({ conversationId: w.channel, webhookId: w.webhook });
const reactionIn =
  (of: Build): Build =>
  (...world) => ({ ...of(...world), emoji: ':tada:' });
const typed = (text: string) => ({ text, clientMessageId: randomUUID() });
const message = () => ({ content: 'Hello', clientMessageId: randomUUID() });

/** How to call what each row of the table is about. */
export const inputs: Record<string, Build> = {
  'auth.register': () => ({ name: 'Someone New', email: `${fresh()}@example.org`, password: PASSWORD }),
  'auth.login': ({ w }) => ({ email: w.colleague.email, password: PASSWORD }),
  'auth.refresh': ({ w }) => ({ refreshToken: w.colleague.refreshToken }),
  'auth.verifyEmail / wrong code': () => ({ otp: '000000' }),
  'auth.resendVerification': nothing,
  'auth.sessions': nothing,
  'auth.revokeSession / own': (_, { otherSessionId }) => ({ sessionId: otherSessionId }),
  'auth.revokeSession / of another': ({ w }) => ({ sessionId: w.colleague.actor.sessionId }),
  'auth.logout': nothing,
  'auth.logoutAll': nothing,
  'users.me': nothing,
  'users.updateMe': () => ({ name: `Renamed ${fresh()}` }),
  'users.get': colleague,
  'admin.settings': nothing,
  'admin.updateSettings': () => ({ unverifiedMay: 'everything' }),
  'workspaces.create': () => ({ name: 'New' }),
  'workspaces.list': nothing,
  'workspaces.get': workspaceId,
  'workspaces.update': ({ w }) => ({ workspaceId: w.id, name: `Renamed ${fresh()}` }),
  'workspaces.delete': workspaceId,
  'workspaces.join': ({ w }) => ({ code: w.code }),
  'workspaces.joinCode': workspaceId,
  'workspaces.rotateJoinCode': workspaceId,
  'workspaces.invite': ({ w }) => ({ workspaceId: w.id, email: `${fresh()}@example.org` }),
  'workspaces.leave': workspaceId,
  'members.list': workspaceId,
  'members.update': (world, caller) => ({ ...member(world, caller), role: 'guest' }),
  'members.update / someone of V': ({ w, v }) => ({ workspaceId: w.id, userId: v.colleague.userId, role: 'guest' }),
  'members.update / the owner': ({ w }) => ({ workspaceId: w.id, userId: w.owner.userId, role: 'admin' }),
  'members.update / make an owner': (world, caller) => ({ ...member(world, caller), role: 'owner' }),
  'members.remove': member,
  'members.remove / someone of V': ({ w, v }) => ({ workspaceId: w.id, userId: v.colleague.userId }),
  'members.remove / the owner': ({ w }) => ({ workspaceId: w.id, userId: w.owner.userId }),
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
  'messages.send': ({ w }) => ({ conversationId: w.channel, ...message() }),
  'messages.send / public': ({ w }) => ({ conversationId: w.open, ...message() }),
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
  'reactions.add': reactionIn(ofColleague),
  'reactions.add / public': reactionIn(inOpen),
  'reactions.remove': reactionIn(ofColleague),
  'reactions.remove / public': reactionIn(inOpen),
  'threads.list': nothing,
  'threads.replies': ofColleague,
  'threads.replies / public': inOpen,
  'threads.read': (...world) => ({ ...ofColleague(...world), readSeq: 1 }),
  'threads.read / public': (...world) => ({ ...inOpen(...world), readSeq: 1 }),
  'threads.follow': ofColleague,
  'threads.follow / public': inOpen,
  'threads.unfollow': ofColleague,
  'threads.unfollow / public': inOpen,
  'typing.start': channel,
  'typing.start / public': openChannel,
  'typing.stop': channel,
  'support.queue': workspaceId,
  'support.take': ({ supportCase }) => ({ conversationId: supportCase }),
  'support.take / no case': channel,
  'support.assign': ({ supportCase, w }) => ({ conversationId: supportCase, userId: w.colleague.userId }),
  'support.assign / to a customer': ({ supportCase, callers }) => ({
    conversationId: supportCase,
    userId: callers.customer.userId,
  }),
  'support.release': ({ supportCase }) => ({ conversationId: supportCase }),
  'support.close': ({ supportCase }) => ({ conversationId: supportCase }),
  'retention.setWorkspace': ({ w }) => ({ workspaceId: w.id, days: 30 }),
  'retention.setConversation': ({ w }) => ({ conversationId: w.channel, days: 30 }),
  'exports.conversation': channel,
  'exports.conversation / public': openChannel,
  'webhooks.create': ({ w }) => ({ conversationId: w.channel, name: 'CI' }),
  'webhooks.list': channel,
  'webhooks.update': (world) => ({ ...webhook(world), name: fresh() }),
  'webhooks.rotate': (world) => webhook(world),
  'webhooks.delete': (world) => webhook(world),
  'webhooks.delete / of another conversation': ({ w, v }) => ({ conversationId: w.channel, webhookId: v.webhook }),
  'presence.get': colleague,
  'presence.list': ({ w }) => ({ userIds: [w.colleague.userId] }),
  'presence.set': () => ({ status: 'dnd' }),
  'presence.overview': nothing,
  'commands.list': nothing,
  'commands.run': ({ w }) => ({ conversationId: w.channel, ...typed(`/topic ${fresh()}`) }),
  'commands.run / public': ({ w }) => ({ conversationId: w.open, ...typed(`/topic ${fresh()}`) }),
  'commands.run / say': ({ w }) => ({ conversationId: w.channel, ...typed('/shrug') }),
  'commands.run / unknown': ({ w }) => ({ conversationId: w.channel, ...typed('/nothing') }),
  'search.messages': () => ({ q: 'Hello' }),
  'search.messages / in it': ({ w }) => ({ q: 'Hello', in: w.channel }),
  'search.messages / in public': ({ w }) => ({ q: 'Hello', in: w.open }),
  'streams.resume': ({ w }) => ({ since: { [`conversation:${w.channel}`]: 0 } }),
  'streams.sync': ({ w }) => ({ stream: `conversation:${w.channel}`, after: 0 }),
  'streams.snapshot': nothing,
};
