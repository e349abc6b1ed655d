import { PASSWORD } from '../../../../../test/app.ts';
import { letIn, observe, say } from '../../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../../test/faults/snapshot-case.ts';
import { DOT } from '../../../../../test/multipart.ts';

/** A member of the workspace and the channel who has written something, and has a direct conversation. */
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

export const cases: Record<string, Case> = {
  'users.updateMe / name': act(({ bob }) =>
    bob.call('users.updateMe', { name: 'Robert', avatar: 'https://example.org/b' }),
  ),
  'users.updateMe / nothing': act(({ bob }) => bob.call('users.updateMe', {})),
  'admin.updateSettings': act(async ({ root }) => {
    await root.call('admin.updateSettings', { unverifiedMay: 'read' });
    await root.call('admin.updateSettings', { unverifiedMay: 'everything' });
  }),
  'admin.rotateKeys': act(({ root }) => root.call('admin.rotateKeys', {})),
  'users.delete': {
    prepare: withLeaver,
    act: (_, { extra }) => extra.call('users.delete', { password: PASSWORD }),
  },
  'adminUsers.update': {
    prepare: withLeaver,
    act: async ({ root }, { extra }) => {
      await root.call('adminUsers.update', { userId: extra.userId, role: 'admin' });
      await root.call('adminUsers.update', { userId: extra.userId, role: 'user' });
    },
  },
  'adminUsers.signOut': {
    prepare: withLeaver,
    act: ({ root }, { extra }) => root.call('adminUsers.signOut', { userId: extra.userId }),
  },
  'adminUsers.resetSecondFactor': {
    prepare: async (scene) => {
      const leaver = await withLeaver(scene);
      await scene.app.database.pool.query('insert into two_factor (account_id, email_enabled_at) values ($1, now())', [
        leaver?.extra?.userId,
      ]);
      return leaver ?? {};
    },
    act: ({ root }, { extra }) => root.call('adminUsers.resetSecondFactor', { userId: extra.userId }),
  },
  'adminUsers.removePicture': {
    prepare: async (scene) => {
      const leaver = await withLeaver(scene);
      const uploaded = await leaver?.extra?.call('attachments.upload', {}, { files: [DOT] });
      await leaver?.extra?.call('users.updateMe', { avatar: uploaded?.attachments[0]?.url ?? null });
      return leaver ?? {};
    },
    act: ({ root }, { extra }) => root.call('adminUsers.removePicture', { userId: extra.userId }),
  },
  'adminUsers.delete': {
    prepare: withLeaver,
    act: ({ root }, { extra }) => root.call('adminUsers.delete', { userId: extra.userId }),
  },
  'audit.export': { act: ({ root }) => root.call('audit.export', {}) },
  'users.export': { act: ({ bob }) => bob.call('users.export', {}) },
  'tokens.create': { act: ({ bob }) => bob.call('tokens.create', { name: 'Script', scopes: ['read'] }) },
  'tokens.revoke': {
    prepare: async ({ bob }) => ({ text: (await bob.call('tokens.create', { name: 'Script', scopes: ['read'] })).id }),
    act: ({ bob }, { text }) => bob.call('tokens.revoke', { tokenId: text }),
  },
};
