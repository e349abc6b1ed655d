import type { Scene } from '../../../../test/faults/cast.ts';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

const url = 'https://hooks.example.org/atrium';
const make = ({ ann, workspaceId }: Scene) =>
  ann.call('webhookEndpoints.create', { workspaceId, url, eventTypes: ['message:receive'] });
const prepare: NonNullable<Case['prepare']> = async (scene) => ({ text: (await make(scene)).id });
const of = ({ workspaceId }: Scene, endpointId: string) => ({ workspaceId, endpointId });

/** Managing endpoints causes no events. */
export const cases: Record<string, Case> = {
  'webhookEndpoints.create': { act: make },
  'webhookEndpoints.update': {
    prepare,
    act: (scene, { text }) =>
      scene.ann.call('webhookEndpoints.update', { ...of(scene, text), description: 'Renamed', enabled: false }),
  },
  'webhookEndpoints.rotateSecret': {
    prepare,
    act: (scene, { text }) => scene.ann.call('webhookEndpoints.rotateSecret', of(scene, text)),
  },
  'webhookEndpoints.delete': {
    prepare,
    act: (scene, { text }) => scene.ann.call('webhookEndpoints.delete', of(scene, text)),
  },
  'webhookEndpoints.resend': {
    prepare,
    act: (scene, { text }) =>
      scene.ann
        .call('webhookEndpoints.resend', { ...of(scene, text), deliveryId: crypto.randomUUID() })
        .catch(() => undefined),
  },
  'webhookEndpoints.replay': {
    prepare,
    act: (scene, { text }) =>
      scene.ann.call('webhookEndpoints.replay', { ...of(scene, text), since: new Date().toISOString() }),
  },
};
