import type { StreamName } from '@atrium/protocol';
import type { Database, Executor } from '../../platform/database/index.ts';
import {
  readEpoch,
  readEventsAfter,
  type StoredEvent,
  type StreamHub,
  streamRanges,
} from '../../platform/stream/index.ts';
import { insertDeliveries } from './delivery-store.ts';
import { deliveryOf } from './payload.ts';
import { deletePositions, markListed, positionsOf, setPositions } from './position-store.ts';
import { byTime, type Standing, standingIn } from './positions.ts';
import { sourcesOf } from './sources.ts';
import type { EndpointRow } from './tables.ts';

/** Events read per batch, and so the maximum of waiting deliveries, however far an endpoint lags behind. */
export const BATCH = 100;

export interface CollectDeps {
  database: Pick<Database, 'db' | 'transaction'>;
  streams: Pick<StreamHub, 'render'>;
}

/** Picks as many streams as fit into a batch, from a random start, so that none is starved. */
function someOf(behind: readonly [StreamName, number][]): Map<StreamName, number> {
  const start = Math.floor(Math.random() * behind.length);
  return new Map([...behind.slice(start), ...behind.slice(0, start)].slice(0, BATCH));
}

/**
 * The events that the endpoint may see and has not received, read in one snapshot: nothing from after it lost access.
 */
async function readNext(
  tx: Executor,
  endpoint: EndpointRow,
): Promise<{ standing: Standing; events: StoredEvent[]; epoch: string }> {
  const sources = await sourcesOf(tx, endpoint);
  const ranges = await streamRanges(tx, [...sources.keys()]);
  const known = await positionsOf(tx, endpoint.id);
  const standing = standingIn(sources, { known, ranges, since: endpoint.created_at });
  const behind = ranges.flatMap(({ name, seq }): [StreamName, number][] => {
    const position = standing.positions.get(name) ?? seq;
    return position < seq ? [[name, position]] : [];
  });
  const some = someOf(behind);
  const perStream = Math.floor(BATCH / Math.max(1, some.size));
  const events = await readEventsAfter(tx, some, BATCH, perStream);
  const read = Map.groupBy(events, ({ stream }) => stream);
  for (const { name, seq } of ranges) {
    const of = read.get(name) ?? [];
    if (some.has(name)) standing.changed.set(name, of.length < perStream ? seq : (of.at(-1)?.seq ?? seq));
  }
  return { standing, events, epoch: await readEpoch(tx) };
}

/**
 * Creates deliveries for the next events of an endpoint's streams, and advances its positions, in one transaction.
 * @returns the number of events read, including types that the endpoint does not want; undefined if the claim is lost
 */
export async function collect({ database, streams }: CollectDeps, endpoint: EndpointRow): Promise<number | undefined> {
  const { standing, events, epoch } = await database.transaction((tx) => readNext(tx, endpoint), {
    isolation: 'repeatable read',
    readOnly: true,
  });
  const wanted = new Set<string>(endpoint.event_types);
  const rendered = await streams.render(events.filter(({ type }) => wanted.has(type)));
  // Events whose subject is deleted are rendered as another type.
  const deliveries = byTime(rendered.filter(({ type }) => wanted.has(type))).map((event) =>
    deliveryOf(endpoint, epoch, event),
  );
  const isOurs = await database.transaction(async (tx) => {
    if (!(await markListed(tx, endpoint))) return false;
    await insertDeliveries(tx, endpoint.id, deliveries);
    await setPositions(tx, endpoint.id, standing.changed);
    await deletePositions(tx, endpoint.id, standing.lost);
    return true;
  });
  return isOurs ? events.length : undefined;
}
