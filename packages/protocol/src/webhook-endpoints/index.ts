import { feature } from '../core/feature.ts';
import { webhookEndpointSizes } from './limits.ts';
import { webhookEndpoints } from './operations.ts';

export * from './endpoint.ts';
export * from './operations.ts';

/** External servers that get events. */
export const webhookEndpointsFeature = feature({
  groups: {
    webhookEndpoints: {
      title: 'Webhook endpoints',
      description: 'Your servers to which Atrium posts events, signed and in order.',
      operations: webhookEndpoints,
    },
  },
  sizes: webhookEndpointSizes,
});
