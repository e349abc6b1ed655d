import { type Slice, unchanged } from './slice.ts';

/** Products are many, and are read page by page: their events tell screens that show some of them. */
export const catalog = {
  empty: {},
  fromSnapshot: () => ({}),
  reducers: {
    'product:created': unchanged,
    'product:updated': unchanged,
    'product:deleted': unchanged,
    'shop:updated': unchanged,
  },
} satisfies Slice<object>;
