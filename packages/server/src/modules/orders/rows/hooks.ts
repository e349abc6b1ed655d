import type { OrderStatus } from '@atrium/protocol';
import type { OrderRow } from './tables.ts';

/** What is told inside the transaction of the change. The products and the desk are locked by then. */
declare module '../../../platform/module/index.ts' {
  interface Hooks {
    /** Orders were placed in one workspace. */
    'order:placed': { workspaceId: string; orders: readonly OrderRow[] };
    /** An order moved to another status, by `userId`. */
    'order:moved': { order: OrderRow; previous: OrderStatus; userId: string; note: string };
  }
}
