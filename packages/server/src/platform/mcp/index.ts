export { type McpDeps, serveMcp } from './serve.ts';
export { leftOutBecause, toolNameOf } from './tools.ts';
