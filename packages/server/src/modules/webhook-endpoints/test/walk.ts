import { defineWalk } from '../../../../test/walk/define.ts';
import { workspaceId } from '../../../../test/walk/inputs.ts';
import type { SharedWorld, Side } from '../../../../test/walk/shared-world.ts';

const url = 'https://hooks.example.org/atrium';

/** An endpoint in each workspace that receives nothing. */
async function makeEndpoints({ w, v }: SharedWorld) {
  const make = async ({ id, owner }: Side) =>
    (
      await owner.call('webhookEndpoints.create', {
        workspaceId: id,
        url,
        eventTypes: ['member:joined'],
        enabled: false,
      })
    ).id;
  return { endpoint: await make(w), endpointOfV: await make(v) };
}

export const walk = defineWalk({
  prepare: makeEndpoints,
  table: `
operation                                      nob. unv. read strn neig gues cust memb insi mana admi owne inst
webhookEndpoints.create                        401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
webhookEndpoints.list                          401  unv  403  404  404  403  403  403  403  403  ok   ok   404
webhookEndpoints.update                        401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
webhookEndpoints.update / of another one        401  unv  unv  404  404  403  403  403  403  403  404  404  404
webhookEndpoints.rotateSecret                  401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
webhookEndpoints.delete                        401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
webhookEndpoints.deliveries                    401  unv  403  404  404  403  403  403  403  403  ok   ok   404
webhookEndpoints.resend / of nothing           401  unv  unv  404  404  403  403  403  403  403  404  404  404
webhookEndpoints.replay                        401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
`,
  inputs: {
    'webhookEndpoints.create': ({ w }) => ({ workspaceId: w.id, url, eventTypes: ['member:joined'], enabled: false }),
    'webhookEndpoints.list': workspaceId,
    'webhookEndpoints.update': ({ w, endpoint }) => ({ workspaceId: w.id, endpointId: endpoint, description: 'CI' }),
    'webhookEndpoints.update / of another one': ({ w, endpointOfV }) => ({
      workspaceId: w.id,
      endpointId: endpointOfV,
      description: 'CI',
    }),
    'webhookEndpoints.rotateSecret': ({ w, endpoint }) => ({ workspaceId: w.id, endpointId: endpoint }),
    'webhookEndpoints.delete': ({ w, endpoint }) => ({ workspaceId: w.id, endpointId: endpoint }),
    'webhookEndpoints.deliveries': ({ w, endpoint }) => ({ workspaceId: w.id, endpointId: endpoint }),
    'webhookEndpoints.resend / of nothing': ({ w, endpoint }) => ({
      workspaceId: w.id,
      endpointId: endpoint,
      deliveryId: crypto.randomUUID(),
    }),
    'webhookEndpoints.replay': ({ w, endpoint }) => ({
      workspaceId: w.id,
      endpointId: endpoint,
      since: '2026-05-04T08:00:00Z',
    }),
  },
});
