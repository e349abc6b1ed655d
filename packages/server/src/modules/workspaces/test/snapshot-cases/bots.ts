import type { Case } from '../../../../../test/faults/snapshot-case.ts';

/** A bot in the workspace; `text` is its id. */
const withBot: NonNullable<Case['prepare']> = async ({ ann, workspaceId }) => {
  const { user } = await ann.call('bots.create', { workspaceId, name: 'Robot' });
  return { text: user.id };
};

export const cases: Record<string, Case> = {
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
