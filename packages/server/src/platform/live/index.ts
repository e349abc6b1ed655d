export { Connections } from './connections.ts';
export type { LiveDeps } from './deps.ts';
export type { Broadcast, ConnectionsByDevice, PeerListener, Peers } from './peers.ts';
export { type RoomConnections, RoomEntry } from './room-entry.ts';
export { type RoomListener, Rooms } from './rooms.ts';
export { createLive, type Live } from './server.ts';
