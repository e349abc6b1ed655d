/** What is told inside the transaction of the change. The conversations are locked by then. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** Someone left conversations, or was taken out of them; their memberships are gone. */
    'conversation:memberRemoved': { userId: string; conversationIds: readonly string[] };
    /**
     * Conversations go, with their members still in them. What a module keeps of them goes now, if it is little; else it
     * is cleared by a job of the module.
     */
    'conversation:deleting': { conversationIds: readonly string[] };
  }
}
