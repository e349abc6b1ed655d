import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';

const globalSetup = ['packages/server/test/global-setup.ts'];

/** Several nodes need Redis. Where it is not installed they are left to continuous integration, which must have it. */
const withRedis =
  process.env.CI === 'true' ||
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'redis-server')));
if (!withRedis) process.stdout.write('Without the tests of several nodes: redis-server is not installed.\n');

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'scripts', include: ['scripts/**/*.test.ts'] } },
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/src/**/*.test.ts',
            'packages/server/test/{,flows/,security/,walk/,faults/harness/}*.test.ts',
          ],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          // Whole processes killed at random moments: slow, and they would disturb each other.
          name: 'faults',
          include: ['packages/server/test/faults/*.test.ts'],
          globalSetup,
          fileParallelism: false,
          // After everything else, so that nothing disturbs their clocks.
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      ...(withRedis
        ? [
            {
              test: {
                name: 'cluster',
                include: ['packages/server/test/cluster/*.test.ts'],
                globalSetup,
                fileParallelism: false,
                sequence: { groupOrder: 2 },
                testTimeout: 120_000,
                hookTimeout: 60_000,
              },
            },
          ]
        : []),
    ],
  },
});
