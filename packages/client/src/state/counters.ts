import type { InstanceCounters } from '@atrium/protocol';
import type { VolatileSlice } from './volatile-slice.ts';

export interface CountersState {
  /** The counters of the instance, for administrators who watch them. */
  readonly counters: InstanceCounters | undefined;
}

export const counters = {
  empty: (): CountersState => ({ counters: undefined }),
  reducers: {
    'instance:counters': (_, counted) => ({ counters: counted }),
  },
} satisfies VolatileSlice<CountersState>;
