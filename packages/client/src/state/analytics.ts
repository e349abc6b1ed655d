import { type Slice, unchanged } from './slice.ts';

/** Analytics are asked for: their events tell screens that show them. */
export const analytics = {
  empty: {},
  fromSnapshot: () => ({}),
  reducers: { 'analytics:preferences': unchanged },
} satisfies Slice<object>;
