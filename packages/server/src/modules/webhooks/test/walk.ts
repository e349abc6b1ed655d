import { defineWalk } from '../../../../test/walk/define.ts';
import { channel, fresh } from '../../../../test/walk/inputs.ts';
import type { SharedWorld, Side } from '../../../../test/walk/shared-world.ts';

/** A webhook in the private channel of each workspace. */
async function makeWebhooks({ w, v }: SharedWorld) {
  const make = async ({ channel, manager }: Side) =>
    (await manager.call('webhooks.create', { conversationId: channel, name: 'CI' })).id;
  return { webhook: await make(w), webhookOfV: await make(v) };
}

export const walk = defineWalk({
  prepare: makeWebhooks,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
webhooks.create                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.list                                401  unv  403  404  404  404  404  404  403  ok   404  404  404
webhooks.update                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.rotate                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.delete                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.delete / of another conversation    401  unv  unv  404  404  404  404  404  403  404  404  404  404
`,
  inputs: {
    'webhooks.create': ({ w }) => ({ conversationId: w.channel, name: 'CI' }),
    'webhooks.list': channel,
    'webhooks.update': ({ w, webhook }) => ({ conversationId: w.channel, webhookId: webhook, name: fresh() }),
    'webhooks.rotate': ({ w, webhook }) => ({ conversationId: w.channel, webhookId: webhook }),
    'webhooks.delete': ({ w, webhook }) => ({ conversationId: w.channel, webhookId: webhook }),
    'webhooks.delete / of another conversation': ({ w, webhookOfV }) => ({
      conversationId: w.channel,
      webhookId: webhookOfV,
    }),
  },
});
