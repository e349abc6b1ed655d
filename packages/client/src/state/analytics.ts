import { type Slice, unchanged } from './slice.ts';

/** Analytics are requested by screens, which are told by these events to reload them. */
export const analytics = {
  empty: {},
  fromSnapshot: () => ({}),
  reducers: { 'analytics:preferences': unchanged },
} satisfies Slice<object>;
