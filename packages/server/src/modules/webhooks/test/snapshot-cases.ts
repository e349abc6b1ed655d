import type { Scene } from '../../../../test/faults/cast.ts';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

async function make({ ann, channel, url }: Scene): Promise<{ webhookId: string; post(text: string): Promise<void> }> {
  const webhook = await ann.call('webhooks.create', { conversationId: channel, name: 'CI' });
  const address = new URL(new URL(webhook.url).pathname, url);
  return {
    webhookId: webhook.id,
    async post(text) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ text }) });
      if (!answer.ok) throw new Error(`The webhook answered ${await answer.text()}`);
    },
  };
}

const prepare: NonNullable<Case['prepare']> = async (scene) => ({ text: (await make(scene)).webhookId });

/** Managing webhooks causes no events; what they post is an ordinary message. */
export const cases: Record<string, Case> = {
  'webhooks.create': {
    act: async (scene) => {
      const { post } = await make(scene);
      await post('Built');
      await scene.bob.call('messages.ack', { conversationId: scene.channel, readSeq: 1_000_000 });
      await post('Built again');
    },
  },
  'webhooks.update': {
    prepare,
    act: ({ ann, channel }, { text }) =>
      ann.call('webhooks.update', { conversationId: channel, webhookId: text, name: 'Renamed' }),
  },
  'webhooks.rotate': {
    prepare,
    act: ({ ann, channel }, { text }) => ann.call('webhooks.rotate', { conversationId: channel, webhookId: text }),
  },
  'webhooks.delete': {
    prepare,
    act: ({ ann, channel }, { text }) => ann.call('webhooks.delete', { conversationId: channel, webhookId: text }),
  },
};
