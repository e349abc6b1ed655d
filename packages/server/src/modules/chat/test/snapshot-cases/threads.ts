import { randomUUID } from 'node:crypto';
import type { Person } from '../../../../../test/app.ts';
import { type Scene, say } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';

function reply(person: Person, { channel, lastId }: Scene, content = 'Indeed') {
  const input = { conversationId: channel, content, replyTo: lastId, clientMessageId: randomUUID() };
  return person.call('messages.send', input);
}

/** A thread with two replies; ann, who started it, has read neither. */
const withThread: NonNullable<Case['prepare']> = async (scene) => {
  await reply(scene.bob, scene);
  const { message } = await reply(scene.gus, scene);
  return { text: message.id };
};

const named = async ({ app, bob }: Scene): Promise<string> => {
  const username = `bob-${randomUUID().slice(0, 8)}`;
  await app.database.pool.query('update account set username = $1 where id = $2', [username, bob.userId]);
  return username;
};

/** Threads and mentions, which are read and counted separately. */
export const cases: Record<string, Case> = {
  'messages.send / in a thread': {
    act: async (scene) => {
      await Promise.all([scene.bob, scene.gus, scene.bob].map((person) => reply(person, scene)));
      await say(scene.ann, scene.channel);
    },
  },
  'messages.send / with a mention, read meanwhile': {
    prepare: async (scene) => ({ text: await named(scene) }),
    act: async ({ ann, bob, channel }, { text }) => {
      const { message } = await say(ann, channel, `@${text}: one`);
      await say(ann, channel, `@${text}: two`);
      await bob.call('messages.ack', { conversationId: channel, readSeq: message.seq });
    },
  },
  'messages.send / with a mention in a thread': {
    prepare: async (scene) => ({ text: await named(scene) }),
    act: (scene, { text }) => reply(scene.ann, scene, `@${text}: three`),
  },
  'messages.send / for everyone': { act: ({ gus, channel }) => say(gus, channel, 'Lunch, @channel!') },
  'messages.send / for everyone who is here': { act: ({ gus, channel }) => say(gus, channel, 'Lunch, @here!') },
  'messages.update / mentions someone, then nobody': {
    prepare: async (scene) => ({ text: await named(scene) }),
    act: async ({ ann, channel }, { text }) => {
      const edit = (messageId: string, content: string) => ann.call('messages.update', { messageId, content });
      const { message: first } = await say(ann, channel, 'Look');
      const { message: second } = await say(ann, channel, `@${text}: look`);
      await edit(first.id, `@${text}: look`);
      await edit(second.id, 'Look');
    },
  },
  'messages.delete / with a mention': {
    prepare: async (scene) => ({ text: await named(scene) }),
    act: async ({ ann, channel }, { text }) => {
      const said = await Promise.all(['@channel', `@${text}`].map((content) => say(ann, channel, content)));
      for (const { message } of said) await ann.call('messages.delete', { messageId: message.id });
    },
  },
  'messages.delete / a reply': {
    prepare: withThread,
    act: ({ gus }, { text }) => gus.call('messages.delete', { messageId: text }),
  },
  'messages.ack / with mentions': {
    prepare: async (scene) => {
      await say(scene.ann, scene.channel, '@channel');
    },
    act: ({ bob, channel }) => bob.call('messages.ack', { conversationId: channel, readSeq: 1_000_000 }),
  },
  'conversations.removeMember / with threads and mentions': {
    prepare: withThread,
    act: async (scene) => {
      const { ann, bob, channel } = scene;
      await say(ann, channel, '@channel');
      await reply(ann, scene);
      await ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId });
      await reply(ann, scene);
      await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
      await reply(ann, scene, '@channel');
    },
  },
  'threads.read': {
    prepare: withThread,
    act: async (scene) => {
      const { items } = await scene.ann.call('threads.replies', { messageId: scene.lastId });
      await scene.ann.call('threads.read', { messageId: scene.lastId, readSeq: items[0]?.seq ?? 0 });
      await reply(scene.bob, scene);
    },
  },
  'threads.read / all': {
    prepare: withThread,
    act: ({ ann, lastId }) => ann.call('threads.read', { messageId: lastId, readSeq: 1_000_000 }),
  },
  'threads.follow': {
    prepare: withThread,
    act: async (scene) => {
      await scene.ann.call('threads.unfollow', { messageId: scene.lastId });
      await scene.ann.call('threads.follow', { messageId: scene.lastId });
      await reply(scene.bob, scene);
    },
  },
  'threads.unfollow': {
    prepare: withThread,
    act: async (scene) => {
      await scene.ann.call('threads.unfollow', { messageId: scene.lastId });
      await reply(scene.bob, scene);
    },
  },
};
