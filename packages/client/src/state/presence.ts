import type { Presence } from '@atrium/protocol';
import type { ById } from './by-id.ts';
import type { VolatileSlice } from './volatile-slice.ts';

export interface PresenceState {
  /** By user; users without an event are missing. */
  readonly presence: ById<Presence>;
}

export const presence = {
  empty: (): PresenceState => ({ presence: {} }),
  reducers: {
    'presence:changed': (state, changed) => ({ presence: { ...state.presence, [changed.userId]: changed } }),
  },
} satisfies VolatileSlice<PresenceState>;
