import type { SideEffects } from '../../../../test/side-effects.ts';

/** Events are sent as they come, and what became of each is written down. */
export const sideEffects: SideEffects = {
  background: { webhook_endpoint: 't.id::text', webhook_endpoint_position: null, webhook_delivery: null },
};
