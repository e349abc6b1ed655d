export { Connections } from './connections.ts';
export type { LiveDeps } from './deps.ts';
export { type PersonalView, PersonalViews } from './personal-views.ts';
export { createLive, type Live } from './server.ts';
