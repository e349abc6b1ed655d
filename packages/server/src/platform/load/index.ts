export { callerKey, createFairExecutor, type FairExecutorOptions } from './fair-executor.ts';
export { createFairIdentify } from './fair-identify.ts';
export { UnreadBytes } from './unread.ts';
