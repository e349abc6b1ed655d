import { letIn, say } from '../../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../../test/faults/snapshot-case.ts';

/** Eve owns the workspace too. */
const withSecondOwner: NonNullable<Case['prepare']> = async ({ ann, eve, workspaceId }) => {
  await ann.call('members.update', { workspaceId, userId: eve.userId, role: 'owner' });
};

export const cases: Record<string, Case> = {
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
  'members.update / a second owner': act(({ ann, eve, workspaceId }) =>
    ann.call('members.update', { workspaceId, userId: eve.userId, role: 'owner' }),
  ),
  'members.update / the second owner steps down': {
    prepare: withSecondOwner,
    act: ({ ann, eve, workspaceId }) => ann.call('members.update', { workspaceId, userId: eve.userId, role: 'member' }),
  },
  'members.remove / the second owner': {
    prepare: withSecondOwner,
    act: ({ ann, eve, workspaceId }) => ann.call('members.remove', { workspaceId, userId: eve.userId }),
  },
  'workspaces.leave / one of two owners': {
    prepare: withSecondOwner,
    act: ({ eve, workspaceId }) => eve.call('workspaces.leave', { workspaceId }),
  },
  'members.remove': act(({ ann, bob, workspaceId }) => ann.call('members.remove', { workspaceId, userId: bob.userId })),
};
