import { type Slice, unchanged } from './slice.ts';

/** Files of tasks are read page by page: these events tell screens to reload them. */
export const files = {
  empty: {},
  fromSnapshot: () => ({}),
  reducers: {
    'attachment:added': unchanged,
    'attachment:deleted': unchanged,
  },
} satisfies Slice<object>;
