import type { OrderStatus } from '@atrium/protocol';
import type { OrderRow } from './tables.ts';

/** Hooks that run in the transaction of the change, after the products and the desk have been locked. */
declare module '../../../platform/module/index.ts' {
  interface Hooks {
    /** Orders were placed in one workspace. */
    'order:placed': { workspaceId: string; orders: readonly OrderRow[] };
    /** The status of an order was changed by `userId`. */
    'order:moved': { order: OrderRow; previous: OrderStatus; userId: string; note: string };
  }
}
