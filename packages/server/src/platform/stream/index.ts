export type { Audience } from './audience.ts';
export type { EventBody, NewEvent, RenderedBodies, Renderer, Renderers, StoredEvent, StreamEffect } from './event.ts';
export { createStreamHub, type HubListener, type StreamHub } from './hub.ts';
export type { CommittedEvent, LiveEvent } from './live-event.ts';
export { startPruning } from './pruning.ts';
export type { Follower } from './pump.ts';
export { appendEvents, deleteStream, readEpoch, streamRanges, streamSeqs } from './store.ts';
export { createSync, followedStreams, readableStreams, resumption, type Sync } from './sync.ts';
