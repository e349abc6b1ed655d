import type { DurableType } from '@atrium/protocol';
import { letIn, type Scene, say } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';

/** A case of dan, who becomes a customer. @returns its id */
async function open(scene: Scene): Promise<string> {
  await letIn(scene, scene.workspaceId, scene.dan, 'customer');
  const { id } = await scene.dan.call('conversations.create', { workspaceId: scene.workspaceId, kind: 'support' });
  await say(scene.dan, id);
  return id;
}

const prepare: NonNullable<Case['prepare']> = async (scene) => ({ text: await open(scene) });
const taken: NonNullable<Case['prepare']> = async (scene) => {
  const conversationId = await open(scene);
  await scene.bob.call('support.take', { conversationId });
  return { text: conversationId };
};

/** Assigning and passing on cases of customers. */
export const cases: Record<string, Case> = {
  'support.take': {
    prepare,
    act: async ({ bob, dan }, { text }) => {
      await bob.call('support.take', { conversationId: text });
      await say(bob, text);
      await say(dan, text);
    },
  },
  'support.assign': {
    prepare,
    act: ({ ann, bob }, { text }) => ann.call('support.assign', { conversationId: text, userId: bob.userId }),
  },
  'support.assign / and they leave': {
    prepare: taken,
    act: ({ bob, workspaceId }) => bob.call('workspaces.leave', { workspaceId }),
  },
  'conversations.update / archive a case': {
    prepare: taken,
    act: ({ ann }, { text }) => ann.call('conversations.update', { conversationId: text, archived: true }),
  },
  'conversations.delete / a case': {
    prepare: taken,
    act: ({ ann }, { text }) => ann.call('conversations.delete', { conversationId: text }),
  },
  'members.update / with a case in hand': {
    prepare: taken,
    act: async ({ ann, bob, workspaceId }) => {
      const bobs = { workspaceId, userId: bob.userId };
      await ann.call('members.update', { ...bobs, role: 'admin' });
      await ann.call('members.update', { ...bobs, role: 'member' });
    },
  },
  'members.update / from admin, with a case': {
    prepare: taken,
    act: ({ ann, eve, workspaceId }) => ann.call('members.update', { workspaceId, userId: eve.userId, role: 'member' }),
  },
  'support.release': {
    prepare: taken,
    act: ({ bob }, { text }) => bob.call('support.release', { conversationId: text }),
  },
  'support.close': {
    prepare: taken,
    act: ({ bob }, { text }) => bob.call('support.close', { conversationId: text }),
  },
  'support.close / and the customer writes again': {
    prepare: taken,
    act: async ({ bob, dan }, { text }) => {
      await bob.call('support.close', { conversationId: text });
      await say(bob, text);
      await say(dan, text);
    },
  },
};

export const eventsWithoutState: DurableType[] = ['support:changed'];
