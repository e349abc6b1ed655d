import type { Module } from '../../platform/module/index.ts';
import { type StreamsDeps, snapshotParts, streamsOperations } from './operations.ts';

/** Catching up: what a client missed, or everything anew. */
export function streamsModule(deps: StreamsDeps): Module {
  return {
    name: 'streams',
    operations: streamsOperations(deps),
    start() {
      snapshotParts(deps.modules);
      return () => undefined;
    },
  };
}
