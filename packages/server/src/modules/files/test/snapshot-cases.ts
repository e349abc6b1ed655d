import { randomUUID } from 'node:crypto';
import type { DurableType } from '@atrium/protocol';
import type { Scene } from '../../../../test/faults/cast.ts';
import type { Case } from '../../../../test/faults/snapshot-case.ts';
import { DOT } from '../../../../test/multipart.ts';

const FILES = [{ name: 'plan.txt', type: 'text/plain', content: 'Roses, then beans' }];

const PICTURES = [DOT];

/** Adds a product with a picture. @returns the id of its file */
async function addProduct({ ann, workspaceId }: Scene): Promise<string> {
  const { attachments } = await ann.call('attachments.upload', { workspaceId }, { files: PICTURES });
  const fileId = attachments[0]?.id ?? '';
  const images = [{ fileId, alt: 'A spade' }];
  await ann.call('products.create', { workspaceId, name: 'Spade', price: 1250, currency: 'EUR', images });
  return fileId;
}

async function makeTask({ ann, workspaceId }: Scene): Promise<string> {
  return (await ann.call('tasks.create', { workspaceId, title: 'Plan the beds' })).id;
}

async function addFile(scene: Scene, taskId: string): Promise<string> {
  const {
    attachments: [added],
  } = await scene.ann.call('attachments.addToTask', { taskId }, { files: FILES });
  return added?.id ?? '';
}

async function sendFiles({ ann, channel, workspaceId }: Scene) {
  const { attachments } = await ann.call('attachments.upload', { workspaceId }, { files: [...FILES, ...FILES] });
  const attachmentIds = attachments.map(({ id }) => id);
  const sent = { conversationId: channel, content: 'Plans', clientMessageId: randomUUID(), attachmentIds };
  return (await ann.call('messages.send', sent)).message;
}

export const cases: Record<string, Case> = {
  'attachments.upload': {
    act: ({ ann, workspaceId }) => ann.call('attachments.upload', { workspaceId }, { files: FILES }),
  },
  'attachments.addToTask': {
    prepare: async (scene) => ({ text: await makeTask(scene) }),
    act: (scene, { text: taskId }) => addFile(scene, taskId),
  },
  'attachments.delete': {
    prepare: async (scene) => ({ text: await addFile(scene, await makeTask(scene)) }),
    act: ({ ann }, { text: attachmentId }) => ann.call('attachments.delete', { attachmentId }),
  },
  'users.updateMe / with a picture': {
    act: async ({ ann }) => {
      const { attachments } = await ann.call('attachments.upload', {}, { files: PICTURES });
      await ann.call('users.updateMe', { avatar: attachments[0]?.url ?? null });
    },
  },
  'attachments.delete / of a person': {
    prepare: async ({ ann }) => {
      const { attachments } = await ann.call('attachments.upload', {}, { files: PICTURES });
      await ann.call('users.updateMe', { avatar: attachments[0]?.url ?? null });
      return { text: attachments[0]?.id ?? '' };
    },
    act: ({ ann }, { text: attachmentId }) => ann.call('attachments.delete', { attachmentId }),
  },
  'products.create / with a picture': { act: addProduct },
  'attachments.delete / of a product': {
    prepare: async (scene) => ({ text: await addProduct(scene) }),
    act: ({ ann }, { text: attachmentId }) => ann.call('attachments.delete', { attachmentId }),
  },
  'messages.send / with files': { act: sendFiles },
  'messages.delete / with files': {
    prepare: async (scene) => ({ text: (await sendFiles(scene)).id }),
    act: ({ ann }, { text: messageId }) => ann.call('messages.delete', { messageId }),
  },
  'attachments.delete / of a message': {
    prepare: async (scene) => ({ text: (await sendFiles(scene)).attachments?.[0]?.id ?? '' }),
    act: ({ ann }, { text: attachmentId }) => ann.call('attachments.delete', { attachmentId }),
  },
};

/** Files of a task are read page by page: these tell screens that show some of them. */
export const eventsWithoutState: DurableType[] = ['attachment:added', 'attachment:deleted'];
