import type { EventData } from '@atrium/protocol';
import type { ById } from './by-id.ts';
import type { VolatileSlice } from './volatile-slice.ts';

export interface TicksState {
  /** The latest tick of each watched task. */
  readonly ticks: ById<EventData['timer:tick']>;
}

export const ticks = {
  empty: (): TicksState => ({ ticks: {} }),
  reducers: {
    'timer:tick': (state, tick) => ({ ticks: { ...state.ticks, [tick.taskId]: tick } }),
  },
} satisfies VolatileSlice<TicksState>;
