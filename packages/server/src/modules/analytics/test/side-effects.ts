import type { SideEffects } from '../../../../test/side-effects.ts';

/** Messages are counted a while after they were sent. */
export const sideEffects: SideEffects = {
  background: { message_count: null, message_count_position: null, message_sender: null },
};
