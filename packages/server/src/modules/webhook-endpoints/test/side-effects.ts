import type { SideEffects } from '../../../../test/side-effects.ts';

/** Events are sent as they occur, and each result is recorded. */
export const sideEffects: SideEffects = {
  background: { webhook_endpoint: 't.id::text', webhook_endpoint_position: null, webhook_delivery: null },
};
