import type { Me, Snapshot } from '@atrium/protocol';
import { type Slice, unchanged } from './slice.ts';

/** The signed-in user. */
export interface IdentityState {
  /** null until the first snapshot. */
  readonly me: Me | null;
}

export const identity = {
  empty: { me: null },
  fromSnapshot: ({ me }: Snapshot): IdentityState => ({ me }),
  reducers: {
    'me:updated': (_, me) => ({ me }),
    'session:revoked': unchanged,
  },
} satisfies Slice<IdentityState>;
