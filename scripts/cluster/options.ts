import path from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run cluster` was asked for. */
export interface ClusterOptions {
  nodes: number;
  /** Of the balancer, on this machine alone. */
  port: number;
  /** Where the database and the nodes keep their data. */
  dataDir: string;
  help: boolean;
}

export const USAGE = `npm run cluster -- [options]

Starts a database, a Redis and several nodes on this machine, behind a balancer that passes sockets on and keeps who has
none on one node. A node that ends is started again.

  --nodes <number>   how many, 1 to 16; default 3
  --port <number>    where the balancer listens, on this machine alone; default 3000, 0 takes a free one
  --data <folder>    where data is kept; default data/cluster
  --help             this text

DATABASE_URL and REDIS_URL are used if they are set. Other settings, also those of .env, are those of every node.`;

const MOST_NODES = 16;

/** @throws Error with a line for who called it */
export function readOptions(args: readonly string[], cwd: string): ClusterOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      nodes: { type: 'string', default: '3' },
      port: { type: 'string', default: '3000' },
      data: { type: 'string', default: 'data/cluster' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    nodes: numberOf('--nodes', values.nodes, 1, MOST_NODES),
    port: numberOf('--port', values.port, 0, 65_535),
    dataDir: path.resolve(cwd, values.data),
    help: values.help,
  };
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new Error(`${name} must be a number from ${least} to ${most}.`);
  return value;
}
