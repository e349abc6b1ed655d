export { Connections } from './connections.ts';
export type { LiveDeps } from './deps.ts';
export { createLive, type Live } from './server.ts';
