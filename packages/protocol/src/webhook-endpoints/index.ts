import { feature } from '../core/feature.ts';
import { webhookEndpointSizes } from './limits.ts';
import { webhookEndpoints } from './operations.ts';

export * from './endpoint.ts';
export * from './event-types.ts';
export * from './operations.ts';

/** Servers of others that are sent what happens here. */
export const webhookEndpointsFeature = feature({
  groups: {
    webhookEndpoints: {
      title: 'Webhook endpoints',
      description: 'Servers of yours that Atrium posts events to, signed and in order.',
      operations: webhookEndpoints,
    },
  },
  sizes: webhookEndpointSizes,
});
