/** What is told inside the transaction of the change. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** The stock of a product, which is locked, fell to where it counts as low. */
    'product:low': { workspaceId: string; productId: string; name: string; stock: number };
  }
}
