import { feature } from '../core/feature.ts';
import { webhookLimits, webhookThingLimits } from './limits.ts';
import { incomingHook, webhooks } from './operations.ts';

export * from './operations.ts';

/** Incoming webhooks. */
export const webhooksFeature = feature({
  groups: {
    webhooks: {
      title: 'Webhooks',
      description: 'URLs to which other programs post messages.',
      operations: webhooks,
    },
  },
  endpoints: { 'hooks.incoming': incomingHook },
  limits: webhookLimits,
  thingLimits: webhookThingLimits,
});
