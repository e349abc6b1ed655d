import { defineConfig } from 'vitest/config';

const globalSetup = ['packages/server/test/global-setup.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'scripts', include: ['scripts/**/*.test.ts'] } },
      {
        test: {
          name: 'unit',
          include: ['packages/**/src/**/*.test.ts', 'packages/server/test/{,flows/,walk/,faults/harness/}*.test.ts'],
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
    ],
  },
});
