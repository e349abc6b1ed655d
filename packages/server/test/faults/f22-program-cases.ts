import { PASSWORD } from '../app.ts';
import { letIn, observe, say } from './cast.ts';
import type { Case } from './f22-case.ts';

/** A bot in the workspace; `text` is its id. */
const withBot: NonNullable<Case['prepare']> = async ({ ann, workspaceId }) => {
  const { user } = await ann.call('bots.create', { workspaceId, name: 'Robot' });
  return { text: user.id };
};

/** Someone in the workspace and the channel who has said something, and talks to a colleague alone. */
const withLeaver: NonNullable<Case['prepare']> = async (scene) => {
  const extra = await observe(scene.app, scene.url, 'Lea');
  await letIn(scene, scene.workspaceId, extra, 'member');
  await scene.ann.call('conversations.addMember', { conversationId: scene.channel, userId: extra.userId });
  await say(extra, scene.channel);
  await extra.call('messages.send', {
    toUserId: scene.bob.userId,
    content: 'Psst',
    clientMessageId: crypto.randomUUID(),
  });
  return { extra };
};

/** Accounts that go, tokens, and bots. */
export const programCases: Record<string, Case> = {
  'users.delete': {
    prepare: withLeaver,
    act: (_, { extra }) => extra.call('users.delete', { password: PASSWORD }),
  },
  'users.export': { act: ({ bob }) => bob.call('users.export', {}) },
  'tokens.create': { act: ({ bob }) => bob.call('tokens.create', { name: 'Script', scopes: ['read'] }) },
  'tokens.revoke': {
    prepare: async ({ bob }) => ({ text: (await bob.call('tokens.create', { name: 'Script', scopes: ['read'] })).id }),
    act: ({ bob }, { text }) => bob.call('tokens.revoke', { tokenId: text }),
  },
  'bots.create': { act: ({ ann, workspaceId }) => ann.call('bots.create', { workspaceId, name: 'Robot' }) },
  'bots.delete': {
    prepare: withBot,
    act: ({ ann, workspaceId }, { text }) => ann.call('bots.delete', { workspaceId, userId: text }),
  },
  'bots.createToken': {
    prepare: withBot,
    act: ({ ann, workspaceId }, { text }) =>
      ann.call('bots.createToken', { workspaceId, userId: text, name: 'Key', scopes: ['read', 'write'] }),
  },
  'bots.revokeToken': {
    prepare: withBot,
    act: async ({ ann, workspaceId }, { text: userId }) => {
      const bot = { workspaceId, userId };
      const { id: tokenId } = await ann.call('bots.createToken', { ...bot, name: 'Key', scopes: ['read'] });
      await ann.call('bots.revokeToken', { ...bot, tokenId });
    },
  },
};
