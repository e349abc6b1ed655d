import { randomUUID } from 'node:crypto';
import { type Scene, say } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';

const pin = ({ bob, channel, lastId }: Scene) => bob.call('pins.add', { conversationId: channel, messageId: lastId });
const save = ({ bob, lastId }: Scene) => bob.call('saved.add', { messageId: lastId });
const draft = ({ bob, channel }: Scene, content: string, threadId?: string) =>
  bob.call('drafts.set', { conversationId: channel, content, ...(threadId ? { threadId } : {}) });

const first =
  (...steps: ((scene: Scene) => Promise<unknown>)[]): NonNullable<Case['prepare']> =>
  async (scene) => {
    for (const step of steps) await step(scene);
    return {};
  };

/** Pins, saved messages and drafts. */
export const cases: Record<string, Case> = {
  'pins.add': {
    act: async (scene) => {
      const { message } = await say(scene.ann, scene.channel);
      await scene.ann.call('pins.add', { conversationId: scene.channel, messageId: message.id });
      await pin(scene);
    },
  },
  'pins.remove': {
    prepare: first(pin),
    act: ({ gus, channel, lastId }) => gus.call('pins.remove', { conversationId: channel, messageId: lastId }),
  },
  'messages.delete / a pinned one': {
    prepare: first(pin, save),
    act: ({ ann, lastId }) => ann.call('messages.delete', { messageId: lastId }),
  },
  'saved.add': { act: save },
  'saved.remove': {
    prepare: first(save),
    act: ({ bob, lastId }) => bob.call('saved.remove', { messageId: lastId }),
  },
  'drafts.set': {
    act: async (scene) => {
      await draft(scene, 'Perhaps');
      await draft(scene, 'Perhaps not', scene.lastId);
      await draft(scene, 'Perhaps so');
    },
  },
  'drafts.set / while it is sent': {
    act: async ({ bob, channel }) => {
      const [one, sendAs] = [{ conversationId: channel, content: 'Perhaps' }, randomUUID()];
      await Promise.all([
        bob.call('drafts.set', { ...one, sendAs }),
        bob.call('messages.send', { ...one, clientMessageId: sendAs, clearDraft: true }),
        bob.call('drafts.set', { ...one, sendAs }),
      ]);
    },
  },
  'drafts.set / nothing': { prepare: first((scene) => draft(scene, 'Perhaps')), act: (scene) => draft(scene, ' ') },
  'messages.send / a draft': {
    prepare: first(
      (scene) => draft(scene, 'Perhaps'),
      (scene) => draft(scene, 'In the thread', scene.lastId),
    ),
    act: ({ bob, channel, lastId }) => {
      const said = { conversationId: channel, content: 'Yes', clientMessageId: randomUUID(), clearDraft: true };
      return bob.call('messages.send', { ...said, replyTo: lastId });
    },
  },
  'conversations.addMember / with what was kept before': {
    prepare: first(
      save,
      pin,
      (scene) => draft(scene, 'Perhaps'),
      ({ ann, bob, channel }) =>
        ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId }),
    ),
    act: ({ ann, bob, channel }) =>
      ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId }),
  },
};
