import { streams } from '@atrium/protocol';
import type { Database, Executor } from '../../platform/database/index.ts';
import { direct, type Implementation } from '../../platform/operations/context.ts';
import type { Module } from '../../platform/operations/module.ts';
import { type Audience, followedStreams, readEpoch, type Sync, streamSeqs } from '../../platform/stream/index.ts';
import { conversationStatesOf } from '../chat/index.ts';
import { meOf } from '../identity/index.ts';
import { workspaceStatesOf } from '../workspaces/index.ts';

/** Catching up: what a client missed, or everything anew. */
export function streamsModule(deps: { database: Database; sync: Sync; audiences: readonly Audience[] }): Module {
  return { name: 'streams', operations: [...catchUp(deps.sync), snapshot(deps)] };
}

function catchUp(sync: Sync): Implementation[] {
  return [
    direct(streams.resume, ({ actor, input }) => sync.page(actor.userId, input.since, input.epoch)),
    direct(streams.sync, ({ actor, input }) => sync.page(actor.userId, { [input.stream]: input.after })),
  ];
}

/** All parts are read at one moment, together with the positions at which they were true. */
function snapshot({ database, audiences }: { database: Database; audiences: readonly Audience[] }): Implementation {
  return direct(streams.snapshot, ({ actor }) =>
    database.transaction((tx) => readSnapshot(tx, audiences, actor.userId), {
      isolation: 'repeatable read',
      readOnly: true,
    }),
  );
}

async function readSnapshot(tx: Executor, audiences: readonly Audience[], userId: string) {
  const followed = await followedStreams(tx, audiences, userId);
  return {
    epoch: await readEpoch(tx),
    asOf: Object.fromEntries(await streamSeqs(tx, followed)),
    me: await meOf(tx, userId),
    workspaces: await workspaceStatesOf(tx, userId),
    conversations: await conversationStatesOf(tx, userId),
  };
}
