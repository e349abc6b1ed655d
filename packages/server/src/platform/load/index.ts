export { callerKey, createFairExecutor, type FairExecutorOptions } from './fair-executor.ts';
export { UnreadBytes } from './unread.ts';
