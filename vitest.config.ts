import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';

const globalSetup = ['packages/server/test/global-setup.ts'];

/** Several nodes need Redis. Where it is not installed they are left to continuous integration, which must have it. */
const withRedis =
  process.env.CI === 'true' ||
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'redis-server')));
if (!withRedis) process.stdout.write('Without the tests of several nodes: redis-server is not installed.\n');

/** Most tests wait more than they work, so there is room for one more than cores. */
const common = { isolate: false, maxWorkers: Math.max(2, os.availableParallelism()) + 1 };

/** After everything else and two at a time: each starts processes of its own, kills them, and measures times. */
const wholeProcesses = {
  globalSetup,
  isolate: false,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
  testTimeout: 180_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'scripts', include: ['scripts/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          ...common,
          name: 'unit',
          include: ['packages/**/src/**/*.test.ts', 'packages/server/test/{,flows/,walk/,faults/harness/}*.test.ts'],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      { test: { ...wholeProcesses, name: 'faults', include: ['packages/server/test/faults/*.test.ts'] } },
      ...(withRedis
        ? [{ test: { ...wholeProcesses, name: 'cluster', include: ['packages/server/test/cluster/*.test.ts'] } }]
        : []),
    ],
  },
});
