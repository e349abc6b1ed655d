export type { Audience } from './audience.ts';
export { type Append, collectEvents, type EndStreams } from './collect.ts';
// Exported as a whole, so that modules can add the bodies of their events by declaration merging.
export * from './event.ts';
export { BLOCKED, GroupCommit } from './group-commit.ts';
export { groupCommitMetrics } from './group-commit-metrics.ts';
export { createStreamHub, type HubListener, type Publish, type StreamHub } from './hub.ts';
export type { CommittedEvent, LiveEvent } from './live-event.ts';
export { startPruning } from './pruning.ts';
export type { Follower } from './pump.ts';
export {
  appendEvents,
  lockStreams,
  positionsAt,
  readEpoch,
  readEventsAfter,
  type StreamRange,
  streamRanges,
  streamSeqs,
} from './store.ts';
export { createSync, followedStreams, readableStreams, type Sync } from './sync.ts';
export { viewFor } from './view.ts';
export { writeInHalves } from './write-in-halves.ts';
