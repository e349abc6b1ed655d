import { randomUUID } from 'node:crypto';
import { type Scene, say } from '../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../test/faults/snapshot-case.ts';
import { unsubscribeUrl } from '../unsubscribing/links.ts';
import { deviceKey } from './device-key.ts';

/** Ann assigns a task to Bob. @returns the id of Bob's notification as `text` */
async function assigned({ ann, bob, workspaceId }: Scene): Promise<{ text: string }> {
  await ann.call('tasks.create', { workspaceId, title: 'Water the plants', memberIds: [bob.userId] });
  const { items } = await bob.call('notifications.list', { unread: true });
  return { text: items[0]?.id ?? '' };
}

async function subscribe({ bob }: Scene) {
  const { publicKey } = await bob.call('push.key', {});
  const keys = { p256dh: deviceKey, auth: 'a'.repeat(22) };
  return bob.call('push.subscribe', { endpoint: 'https://push.example.org/bob', keys, publicKey, device: 'Phone' });
}

/** Bob wants to be notified of every message of the channel, and is notified of one. @returns its id */
async function watched({ ann, bob, channel }: Scene): Promise<{ text: string }> {
  await bob.call('notifications.setConversation', { conversationId: channel, level: 'all' });
  const { message } = await say(ann, channel);
  return { text: message.id };
}

const sayTo = ({ ann, bob }: Scene) =>
  ann.call('messages.send', { toUserId: bob.userId, content: 'Psst', clientMessageId: randomUUID() });

export const cases: Record<string, Case> = {
  'messages.send / that notifies': {
    prepare: watched,
    act: async (scene, { text: replyTo }) => {
      await Promise.all([say(scene.ann, scene.channel), say(scene.gus, scene.channel, '@channel look'), sayTo(scene)]);
      const { ann, channel: conversationId } = scene;
      await ann.call('messages.send', { conversationId, content: 'Yes', replyTo, clientMessageId: randomUUID() });
    },
  },
  'messages.ack / of what notified': {
    prepare: watched,
    act: async (scene) => {
      const { bob, channel: conversationId } = scene;
      const { message } = await say(scene.ann, conversationId);
      await sayTo(scene);
      await bob.call('messages.ack', { conversationId, readSeq: message.seq });
    },
  },
  'messages.update / that notified': {
    prepare: watched,
    act: ({ ann }, { text }) => ann.call('messages.update', { messageId: text, content: 'Better' }),
  },
  'messages.delete / that notified': {
    prepare: watched,
    act: ({ ann }, { text }) => ann.call('messages.delete', { messageId: text }),
  },
  'notifications.read': {
    prepare: assigned,
    act: ({ bob }, { text }) => bob.call('notifications.read', { notificationId: text }),
  },
  'notifications.readAll': { prepare: assigned, act: ({ bob }) => bob.call('notifications.readAll', {}) },
  'notifications.updatePreferences': act(({ bob }) =>
    bob.call('notifications.updatePreferences', { channels: { task: { mail: true } }, quietHours: { enabled: true } }),
  ),
  'notifications.unsubscribe': {
    prepare: async ({ app, bob }) => {
      const link = { appUrl: 'http://localhost', userId: bob.userId, kind: 'all' } as const;
      const url = await app.app.transact({ actorId: null }, ({ tx }) => unsubscribeUrl(tx, link));
      return { text: url.slice(url.lastIndexOf('/') + 1) };
    },
    act: ({ app }, { text: token }) => app.call('notifications.unsubscribe', { token }),
  },
  'notifications.setConversation': act(({ bob, channel }) =>
    bob.call('notifications.setConversation', { conversationId: channel, level: 'nothing' }),
  ),
  'notifications.setConversation / the default again': {
    prepare: async ({ bob, channel }) => {
      await bob.call('notifications.setConversation', { conversationId: channel, level: 'all' });
      return undefined;
    },
    act: ({ bob, channel }) => bob.call('notifications.setConversation', { conversationId: channel, level: null }),
  },
  'conversations.delete / with a choice of notifications': {
    prepare: async ({ bob, channel }) => {
      await bob.call('notifications.setConversation', { conversationId: channel, level: 'all' });
      return undefined;
    },
    act: ({ ann, channel }) => ann.call('conversations.delete', { conversationId: channel }),
  },
  'tasks.delete / with a notification': {
    prepare: async (scene) => {
      await assigned(scene);
      const { items } = await scene.bob.call('tasks.list', { workspaceId: scene.workspaceId });
      return { text: items.find(({ title }) => title === 'Water the plants')?.id ?? '' };
    },
    act: ({ ann }, { text }) => ann.call('tasks.delete', { taskId: text }),
  },
  'notifications.view': act(({ bob, channel }) => bob.call('notifications.view', { ids: [channel] })),
  'push.subscribe': act(subscribe),
  'push.unsubscribe': {
    prepare: async (scene) => ({ text: (await subscribe(scene)).id }),
    act: ({ bob }, { text }) => bob.call('push.unsubscribe', { subscriptionId: text }),
  },
  'push.rotateKey': act(({ root }) => root.call('push.rotateKey', {})),
  'notifications.resendMail': act(({ bob, workspaceId }) =>
    bob.call('notifications.resendMail', { mailId: workspaceId }).catch(() => undefined),
  ),
  'mails.resend': act(({ root, workspaceId }) =>
    root.call('mails.resend', { mailId: workspaceId }).catch(() => undefined),
  ),
};
