import { type Slice, unchanged } from './slice.ts';

/** Events of the streams themselves. */
export const streams = {
  empty: {},
  fromSnapshot: (): object => ({}),
  reducers: { 'stream:skipped': unchanged },
} satisfies Slice<object>;
