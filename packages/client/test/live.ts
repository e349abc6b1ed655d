import type { AtriumClient, LiveState } from '../src/index.ts';
import { emptyState } from '../src/state/live-state.ts';

/** The part of a client's state that streams carry. */
export function live({ state }: Pick<AtriumClient, 'state'>): LiveState {
  const fields = Object.keys(emptyState) as (keyof LiveState)[];
  return Object.fromEntries(fields.map((field) => [field, state[field]])) as unknown as LiveState;
}
