import { randomUUID } from 'node:crypto';
import type { Person } from '../../../../../test/app.ts';
import { type Scene, say } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';
import { sweepRetention } from '../../retention/job.ts';

/** Makes the first messages of the channel two months old. */
async function age({ app, channel }: Scene, through: number): Promise<void> {
  await app.database.pool.query(
    "update message set created_at = now() - interval '60 days' where conversation_id = $1 and seq <= $2",
    [channel, through],
  );
}

/** Waits until the job has deleted the messages of the channel. */
async function cleared({ app, channel }: Scene): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { rows } = await app.database.pool.query(
      `select id from message where conversation_id = $1
       union all select id from removed_conversation where id = $1`,
      [channel],
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The messages were not deleted');
}

/** Runs the job that removes expired messages, and waits for it. */
async function sweep({ app, channel }: Scene): Promise<void> {
  const { database, jobs } = app.app;
  await database.transaction((tx) => jobs.addJobs(tx, [{ job: sweepRetention, data: {} }]));
  for (let tries = 0; tries < 400; tries += 1) {
    const { rows } = await database.pool.query(
      `select from message m join conversation c on c.id = m.conversation_id
       where c.id = $1 and m.seq > c.expired_seq and m.created_at < now() - interval '30 days' limit 1`,
      [channel],
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The expired messages were not removed');
}

/** Retention settings, removal of expired messages, and exports, which emit no event. */
export const cases: Record<string, Case> = {
  'conversations.delete / until nothing is left': {
    act: async (scene) => {
      await scene.ann.call('conversations.delete', { conversationId: scene.channel });
      await cleared(scene);
    },
  },
  'retention.setWorkspace': {
    act: ({ ann, workspaceId }) => ann.call('retention.setWorkspace', { workspaceId, days: 30 }),
  },
  'retention.setWorkspace / everything goes': {
    prepare: async (scene) => {
      await age(scene, scene.last);
    },
    act: async (scene) => {
      await scene.ann.call('retention.setWorkspace', { workspaceId: scene.workspaceId, days: 30 });
      await sweep(scene);
      await say(scene.ann, scene.channel);
    },
  },
  'retention.setConversation': {
    act: ({ ann, channel }) => ann.call('retention.setConversation', { conversationId: channel, days: 30 }),
  },
  'retention.setConversation / some go, read by some': {
    prepare: async (scene) => {
      await age(scene, scene.last - 1);
    },
    act: async (scene) => {
      await scene.ann.call('retention.setConversation', { conversationId: scene.channel, days: 30 });
      await Promise.all([sweep(scene), say(scene.gus, scene.channel)]);
      await scene.bob.call('messages.ack', { conversationId: scene.channel, readSeq: scene.last });
    },
  },
  'retention.setConversation / in two goes, with threads that end and threads that go on': {
    prepare: async (scene) => {
      const { ann, bob, gus, channel } = scene;
      const roots = [await say(ann, channel), await say(bob, channel)].map(({ message }) => message.id);
      const reply = (person: Person, at: number) => {
        const said = { conversationId: channel, content: 'Indeed', replyTo: roots[at] ?? '' };
        return person.call('messages.send', { ...said, clientMessageId: randomUUID() });
      };
      await reply(gus, 0);
      await reply(gus, 1);
      const { message } = await reply(bob, 0);
      await reply(ann, 1);
      await age(scene, message.seq - 1);
      return { text: String(message.seq) };
    },
    act: async (scene, { text }) => {
      await scene.ann.call('retention.setConversation', { conversationId: scene.channel, days: 30 });
      await sweep(scene);
      await age(scene, Number(text));
      await Promise.all([sweep(scene), say(scene.gus, scene.channel)]);
    },
  },
  'retention.setWorkspace / with what is kept of it': {
    prepare: async (scene) => {
      const { ann, bob, channel, lastId: messageId } = scene;
      await bob.call('pins.add', { conversationId: channel, messageId });
      await bob.call('saved.add', { messageId });
      const said = { conversationId: channel, content: 'Indeed, @channel', clientMessageId: randomUUID() };
      await bob.call('messages.send', { ...said, replyTo: messageId });
      await ann.call('drafts.set', { conversationId: channel, threadId: messageId, content: 'Perhaps' });
      await age(scene, scene.last);
    },
    act: async (scene) => {
      await scene.ann.call('retention.setWorkspace', { workspaceId: scene.workspaceId, days: 30 });
      await sweep(scene);
    },
  },
  'exports.conversation': {
    act: ({ ann, channel }) => ann.call('exports.conversation', { conversationId: channel }),
  },
};
