import { randomUUID } from 'node:crypto';
import type { ConversationCan, ConversationState } from '@atrium/protocol';
import type { WalkCaller } from '../define.ts';
import type { Outcome } from '../transports.ts';
import type { ConversationScene } from './scenes.ts';

/** One key for one caller in one conversation. */
export interface ConversationProbe {
  call(name: string, input: Record<string, unknown>): Promise<Outcome>;
  caller: WalkCaller;
  scene: ConversationScene;
  /** The conversation as the caller sees it. */
  seen: ConversationState;
  /** A staff member of the workspace who is not in the conversation. */
  spare: string;
  colleague: string;
}

const isDone = ({ problem }: Outcome): boolean => problem === undefined;
const theirs = ({ scene, caller }: ConversationProbe) =>
  scene.messages.find(({ senderId }) => senderId !== caller.userId)!.id;
const someoneElse = ({ seen, caller }: ConversationProbe) =>
  seen.members.find(({ userId }) => userId !== caller.userId)!.userId;
const send = (content: string, { call, scene: { id } }: ConversationProbe) =>
  call('messages.send', { conversationId: id, content, clientMessageId: randomUUID() });

/** Calls with only the conversation and the given fields. */
const plain =
  (name: string, more: (probe: ConversationProbe) => Record<string, unknown> = () => ({})) =>
  async (probe: ConversationProbe) =>
    isDone(await probe.call(name, { conversationId: probe.scene.id, ...more(probe) }));

/** Tries each key. @returns whether it was done; what was already the case does not count */
export const conversationProbes: Record<keyof ConversationCan, (probe: ConversationProbe) => Promise<boolean>> = {
  send: async (probe) => isDone(await send('Hello', probe)),
  async mentionAll(probe) {
    const { data } = await send('@channel hello', probe);
    return (data?.message as { mentionScope?: string } | undefined)?.mentionScope === 'channel';
  },
  pin: plain('pins.add', (probe) => ({ messageId: theirs(probe) })),
  moderate: async (probe) => isDone(await probe.call('messages.history', { messageId: theirs(probe) })),
  update: plain('conversations.update', () => ({ topic: randomUUID() })),
  archive: plain('conversations.update', ({ seen }) => ({ archived: seen.archivedAt === null })),
  delete: plain('conversations.delete'),
  addMembers: plain('conversations.addMember', ({ spare }) => ({ userId: spare })),
  removeMembers: plain('conversations.removeMember', (probe) => ({ userId: someoneElse(probe) })),
  join: plain('conversations.join'),
  leave: plain('conversations.removeMember', ({ caller }) => ({ userId: caller.userId })),
  export: plain('exports.conversation'),
  webhooks: plain('webhooks.create', () => ({ name: 'Robot' })),
  retention: plain('retention.setConversation', () => ({ days: 30 })),
  take: async (probe) => (await plain('support.take')(probe)) && probe.seen.support?.status === 'unassigned',
  handOver: plain('support.assign', ({ colleague }) => ({ userId: colleague })),
  close: async (probe) => (await plain('support.close')(probe)) && probe.seen.support?.status !== 'closed',
  async reopen(probe) {
    if (probe.seen.support?.status !== 'closed') return false;
    if (await plain('support.take')(probe)) return true;
    await send('And another thing', probe);
    const { data } = await probe.call('conversations.get', { conversationId: probe.scene.id });
    return (data as unknown as ConversationState).support?.status !== 'closed';
  },
};
