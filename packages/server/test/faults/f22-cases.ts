import { randomUUID } from 'node:crypto';
import { PASSWORD } from '../app.ts';
import { fill, letIn, observe, type Scene, say } from './cast.ts';
import type { Case } from './f22-case.ts';
import { exportCases } from './f22-export-cases.ts';
import { passwordCases, twoFactorCases } from './f22-identity-cases.ts';
import { keptCases } from './f22-kept-cases.ts';
import { messageCases } from './f22-message-cases.ts';
import { programCases } from './f22-program-cases.ts';
import { retentionCases } from './f22-retention-cases.ts';
import { sightCases } from './f22-sight-cases.ts';
import { slashCases } from './f22-slash-cases.ts';
import { supportCases } from './f22-support-cases.ts';
import { threadCases } from './f22-thread-cases.ts';
import { webhookCases } from './f22-webhook-cases.ts';

const act = (run: Case['act']): Case => ({ act: run });

const hide =
  (who: 'bob' | 'gus', hideReceipts = true): Case['act'] =>
  (scene) =>
    scene[who].call('users.updateMe', { preferences: { hideReceipts } });

/** Someone new in the workspace who is watched too. */
const withExtra =
  (name: string, verified = true): NonNullable<Case['prepare']> =>
  async (scene) => {
    const extra = await observe(scene.app, scene.url, name, verified);
    await letIn(scene, scene.workspaceId, extra, 'member');
    return { extra };
  };

async function mailedCode({ app }: Scene, address: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const code = app.mails.findLast((mail) => mail.includes(address))?.match(/\b\d{6}\b/)?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('No code was mailed');
}

/** One case or more for every command of the contract. */
export const cases: Record<string, Case> = {
  'auth.register': act(({ app }) =>
    app.call('auth.register', { name: 'Someone', email: `${randomUUID()}@example.org`, password: PASSWORD }),
  ),
  'auth.login': act(({ app, bob }) => app.call('auth.login', { email: bob.email, password: PASSWORD })),
  'auth.refresh': {
    prepare: async ({ app, bob }) => {
      const { refreshToken = '' } = await app.call('auth.login', { email: bob.email, password: PASSWORD });
      return { text: refreshToken };
    },
    act: ({ app }, { text }) => app.call('auth.refresh', { refreshToken: text }),
  },
  'auth.verifyEmail': {
    prepare: async (scene) => {
      const extra = await observe(scene.app, scene.url, 'Uma', false);
      return { extra, text: await mailedCode(scene, extra.email) };
    },
    act: (_, { extra, text }) => extra.call('auth.verifyEmail', { otp: text }),
  },
  'auth.resendVerification': {
    prepare: withExtra('Una', false),
    act: (_, { extra }) => extra.call('auth.resendVerification', {}),
  },
  ...twoFactorCases,
  ...passwordCases,
  ...programCases,
  'auth.revokeSession': {
    prepare: async ({ app, bob }) => {
      await app.call('auth.login', { email: bob.email, password: PASSWORD });
      const { items } = await bob.call('auth.sessions', {});
      return { text: items.find(({ current }) => !current)?.id ?? '' };
    },
    act: ({ bob }, { text }) => bob.call('auth.revokeSession', { sessionId: text }),
  },
  'auth.logout': { prepare: withExtra('Zoe'), act: (_, { extra }) => extra.call('auth.logout', {}) },
  'auth.logoutAll': { prepare: withExtra('Zara'), act: (_, { extra }) => extra.call('auth.logoutAll', {}) },

  'users.updateMe / name': act(({ bob }) =>
    bob.call('users.updateMe', { name: 'Robert', avatar: 'https://example.org/b' }),
  ),
  'users.updateMe / nothing': act(({ bob }) => bob.call('users.updateMe', {})),
  'users.updateMe / hide receipts': act(hide('bob')),
  'users.updateMe / show receipts': {
    prepare: async (scene) => {
      await hide('bob')(scene, {} as never);
      await say(scene.gus, scene.channel);
      await scene.bob.call('messages.ack', { conversationId: scene.channel, readSeq: scene.last });
      return {};
    },
    act: hide('bob', false),
  },
  'users.updateMe / hide receipts, while others move theirs': act(async (scene) => {
    const { ann, gus, channel, last } = scene;
    await Promise.all([
      hide('bob')(scene, {} as never),
      gus.call('messages.ack', { conversationId: channel, readSeq: last }),
      say(ann, channel),
      scene.bob.call('messages.ack', { conversationId: channel, readSeq: last }),
    ]);
    await hide('bob', false)(scene, {} as never);
    await hide('gus')(scene, {} as never);
  }),
  'users.updateMe / hide receipts in a large conversation': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, 101);
      return {};
    },
    act: hide('bob'),
  },
  'admin.updateSettings': act(async ({ root }) => {
    await root.call('admin.updateSettings', { unverifiedMay: 'read' });
    await root.call('admin.updateSettings', { unverifiedMay: 'everything' });
  }),

  'admin.rotateKeys': act(({ root }) => root.call('admin.rotateKeys', {})),

  'workspaces.create': act(({ ann }) => ann.call('workspaces.create', { name: 'Second' })),
  'workspaces.update': act(({ eve, workspaceId }) => eve.call('workspaces.update', { workspaceId, name: 'Orchard' })),
  'workspaces.delete': act(({ ann, workspaceId }) => ann.call('workspaces.delete', { workspaceId })),
  'workspaces.delete / made meanwhile': act(async ({ ann, dan }) => {
    const { id } = await ann.call('workspaces.create', { name: 'Brief' });
    await letIn({ ann }, id, dan, 'member');
    await ann.call('workspaces.delete', { workspaceId: id });
  }),
  'workspaces.join': act((scene) => letIn(scene, scene.workspaceId, scene.dan, 'member')),
  'workspaces.join / customer': act((scene) => letIn(scene, scene.workspaceId, scene.dan, 'customer')),
  'workspaces.rotateJoinCode': act(({ ann, workspaceId }) => ann.call('workspaces.rotateJoinCode', { workspaceId })),
  'workspaces.invite': act(({ ann, workspaceId }) =>
    ann.call('workspaces.invite', { workspaceId, email: 'guest@example.org' }),
  ),
  'workspaces.leave': act(({ bob, workspaceId }) => bob.call('workspaces.leave', { workspaceId })),
  'workspaces.leave / and come back': act(async (scene) => {
    await scene.bob.call('workspaces.leave', { workspaceId: scene.workspaceId });
    await say(scene.ann, scene.general);
    await letIn(scene, scene.workspaceId, scene.bob, 'member');
    await say(scene.ann, scene.general);
  }),
  'members.update': act(({ ann, bob, workspaceId }) =>
    ann.call('members.update', { workspaceId, userId: bob.userId, role: 'admin' }),
  ),
  'members.update / to customer': act(({ ann, bob, workspaceId }) =>
    ann.call('members.update', { workspaceId, userId: bob.userId, role: 'customer' }),
  ),
  'members.update / guest to member': act(({ ann, gus, workspaceId }) =>
    ann.call('members.update', { workspaceId, userId: gus.userId, role: 'member' }),
  ),
  'members.remove': act(({ ann, bob, workspaceId }) => ann.call('members.remove', { workspaceId, userId: bob.userId })),

  'conversations.create': act(({ ann, bob, eve, workspaceId }) =>
    ann.call('conversations.create', {
      workspaceId,
      kind: 'group',
      topic: 'seeds',
      memberIds: [bob.userId, eve.userId],
    }),
  ),
  'conversations.create / direct': act(({ ann, bob, workspaceId }) =>
    ann.call('conversations.create', { workspaceId, kind: 'direct', memberIds: [bob.userId] }),
  ),
  'conversations.create / support': {
    prepare: async (scene) => {
      await letIn(scene, scene.workspaceId, scene.dan, 'customer');
      return {};
    },
    act: ({ dan, workspaceId }) => dan.call('conversations.create', { workspaceId, kind: 'support' }),
  },
  'conversations.update': act(({ ann, channel }) =>
    ann.call('conversations.update', { conversationId: channel, name: 'Ideas', topic: 'seeds' }),
  ),
  'conversations.update / archive': act(({ ann, channel }) =>
    ann.call('conversations.update', { conversationId: channel, archived: true }),
  ),
  'conversations.delete': act(({ ann, channel }) => ann.call('conversations.delete', { conversationId: channel })),
  'conversations.delete / made meanwhile': act(async ({ ann, bob, workspaceId }) => {
    const memberIds = [bob.userId];
    const { id } = await ann.call('conversations.create', { workspaceId, kind: 'group', memberIds });
    await say(bob, id);
    await ann.call('conversations.delete', { conversationId: id });
  }),
  'conversations.addMember': act(({ ann, eve, channel }) =>
    ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  ),
  'conversations.addMember / who hides receipts': {
    prepare: async (scene) => {
      await scene.bob.call('conversations.removeMember', { conversationId: scene.channel, userId: scene.bob.userId });
      await hide('bob')(scene, {} as never);
      await say(scene.ann, scene.channel);
      return {};
    },
    act: async ({ ann, bob, channel }) => {
      await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
      const { message } = await say(ann, channel);
      await bob.call('messages.ack', { conversationId: channel, readSeq: message.seq });
    },
  },
  'conversations.addMember / where one hides receipts': {
    prepare: async (scene) => {
      await hide('gus')(scene, {} as never);
      return {};
    },
    act: ({ ann, eve, channel }) =>
      ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  },
  'conversations.addMember / the hundred and first': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, 100);
      return {};
    },
    act: ({ ann, eve, channel }) =>
      ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  },
  'conversations.removeMember': act(({ ann, bob, channel }) =>
    ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId }),
  ),
  'conversations.removeMember / the one who runs it': act(({ ann, channel }) =>
    ann.call('conversations.removeMember', { conversationId: channel, userId: ann.userId }),
  ),
  'conversations.removeMember / and add again': act(async ({ ann, bob, channel }) => {
    await ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId });
    await say(ann, channel);
    await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
    await say(ann, channel);
  }),
  'conversations.removeMember / back to a hundred': {
    prepare: async (scene) => {
      await hide('gus')(scene, {} as never);
      await fill(scene, scene.workspaceId, scene.channel, 101);
      return {};
    },
    act: ({ bob, channel }) => bob.call('conversations.removeMember', { conversationId: channel, userId: bob.userId }),
  },
  'conversations.join': act(({ eve, open }) => eve.call('conversations.join', { conversationId: open })),

  'messages.send': act(({ gus, channel }) => say(gus, channel)),
  'messages.send / several at once': act(({ ann, bob, gus, channel }) =>
    Promise.all([ann, bob, gus, ann, bob].map((person) => say(person, channel))),
  ),
  'messages.send / to a person': act(({ ann, bob }) =>
    ann.call('messages.send', { toUserId: bob.userId, content: 'Psst', clientMessageId: randomUUID() }),
  ),
  ...messageCases,
  ...threadCases,
  ...keptCases,
  'messages.ack': act(({ bob, channel, last }) =>
    bob.call('messages.ack', { conversationId: channel, deliveredSeq: last, readSeq: last - 1 }),
  ),
  'messages.ack / all': act(({ bob, channel }) =>
    bob.call('messages.ack', { conversationId: channel, readSeq: 1_000_000 }),
  ),
  'messages.ack / hidden': {
    prepare: async (scene) => {
      await hide('bob')(scene, {} as never);
      return {};
    },
    act: async ({ bob, gus, channel, last }) => {
      await gus.call('messages.ack', { conversationId: channel, readSeq: last });
      await bob.call('messages.ack', { conversationId: channel, readSeq: last - 1 });
    },
  },
  'messages.ack / in a large conversation': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, 101);
      return {};
    },
    act: async ({ ann, bob, channel, last }) => {
      await say(ann, channel);
      await bob.call('messages.ack', { conversationId: channel, readSeq: last });
    },
  },
  'typing.start': act(({ bob, channel }) => bob.call('typing.start', { conversationId: channel })),
  'typing.stop': act(({ bob, channel }) => bob.call('typing.stop', { conversationId: channel })),
  ...retentionCases,
  ...slashCases,
  ...supportCases,
  ...sightCases,
  ...exportCases,
  ...webhookCases,
  'presence.set': act(({ bob }) => bob.call('presence.set', { status: 'dnd' })),
};
