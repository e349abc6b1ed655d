export { type Cluster, type ClusterOptions, openCluster } from './cluster.ts';
export { createRedisStore } from './redis-limits.ts';
