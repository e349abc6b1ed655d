import { type Slice, unchanged } from './slice.ts';

/** There can be many products, and they are read page by page: these events tell screens to reload them. */
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
