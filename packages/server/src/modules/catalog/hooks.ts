/** Hooks that run in the transaction of the change. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** Products were added to the shop of a workspace, which is locked. */
    'product:added': { workspaceId: string };
    /** The stock of a product, which is locked, fell to its low-stock threshold. */
    'product:low': { workspaceId: string; productId: string; name: string; stock: number };
  }
}
