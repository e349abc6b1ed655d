export { callerKey, createFairExecutor } from './fair-executor.ts';
export { UnreadBytes } from './unread.ts';
