import type { Cluster } from '../platform/cluster/index.ts';
import type { Database } from '../platform/database/index.ts';
import type { LimitStore } from '../platform/limits/index.ts';
import type { Log } from '../platform/log/index.ts';
import { readEpoch } from '../platform/stream/index.ts';

/** Joins the other nodes over Redis. Loaded only here, since a single node does not need it. */
export async function joinNodes(
  url: string,
  database: Database,
  log: Log,
): Promise<{ cluster: Cluster; limitStore: LimitStore }> {
  const { createRedisStore, openCluster } = await import('../platform/cluster/index.ts');
  // A copy of the database is a different instance, even on the same Redis.
  const prefix = `atrium:${await readEpoch(database.db)}:`;
  const cluster = await openCluster({ url, prefix, log });
  return { cluster, limitStore: createRedisStore(cluster, prefix) };
}
