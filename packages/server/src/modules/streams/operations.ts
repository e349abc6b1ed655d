import { type OutputOf, streams } from '@atrium/protocol';
import type { Database, Executor } from '../../platform/database/index.ts';
import {
  collect,
  direct,
  type Implementation,
  type Registry,
  type SnapshotParts,
} from '../../platform/module/index.ts';
import { type Audience, followedStreams, readEpoch, type Sync, streamSeqs } from '../../platform/stream/index.ts';

type Snapshot = OutputOf<typeof streams.snapshot>;

/** What catching up needs of the program. */
export interface StreamsDeps {
  database: Pick<Database, 'transaction'>;
  modules: Pick<Registry, 'all'>;
  sync: Sync;
}

/** Catching up, and everything anew. */
export function streamsOperations(deps: StreamsDeps): Implementation[] {
  return [...catchUp(deps.sync), snapshot(deps)];
}

function catchUp(sync: Sync): Implementation[] {
  return [
    direct(streams.resume, ({ actor, input }) => sync.page(actor.userId, input.since, input.epoch)),
    direct(streams.sync, ({ actor, input }) => sync.page(actor.userId, { [input.stream]: input.after })),
  ];
}

/** All parts are read at one moment, together with the positions at which they were true. */
function snapshot({ database, modules }: StreamsDeps): Implementation {
  return direct(streams.snapshot, ({ actor }) =>
    database.transaction((tx) => readSnapshot(tx, modules, actor.userId), {
      isolation: 'repeatable read',
      readOnly: true,
    }),
  );
}

async function readSnapshot(tx: Executor, modules: Pick<Registry, 'all'>, userId: string): Promise<Snapshot> {
  const audiences = modules.all().flatMap((module): readonly Audience[] => module.audiences ?? []);
  const followed = await followedStreams(tx, audiences, userId);
  const snapshot: Record<string, unknown> = {
    epoch: await readEpoch(tx),
    asOf: Object.fromEntries(await streamSeqs(tx, followed)),
  };
  for (const [part, read] of Object.entries(snapshotParts(modules))) snapshot[part] = await read(tx, userId);
  return snapshot as Snapshot;
}

/** The parts of all modules. Throws an Error for one that none or several of them give. */
export function snapshotParts(modules: Pick<Registry, 'all'>): Required<SnapshotParts> {
  const parts = collect(modules.all(), 'snapshot');
  const wanted = Object.keys(streams.snapshot.output.shape).filter((part) => part !== 'epoch' && part !== 'asOf');
  const missing = wanted.filter((part) => !(part in parts));
  if (missing.length > 0) {
    const where = 'Parts are in `snapshot` of a module that is listed in packages/server/src/modules.ts.';
    throw new Error(`No module gives ${missing.join(', ')} of the snapshot. ${where}`);
  }
  return parts as Required<SnapshotParts>;
}
