import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { pythonWithSocketIo } from './packages/server/test/python/interpreter.ts';
import { messageMacros } from './packages/web/build/macros.ts';

/** What is not installed here is left to continuous integration, which must have it. */
const isInstalled = (program: string) =>
  process.env.CI === 'true' ||
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
const withRedis = isInstalled('redis-server');
const withChromium = isInstalled('chromium');
const withPython = process.env.CI === 'true' || pythonWithSocketIo() !== undefined;
if (!withChromium) process.stdout.write('Without the tests in a browser: chromium is not installed.\n');
if (!withPython) process.stdout.write('Without the example in Python: python3-socketio is not installed.\n');
if (!withRedis) process.stdout.write('Without the tests of several nodes: redis-server is not installed.\n');

/** How long tests wait for what must come, and how long they may take: machines that run them have much else to do. */
const patience = {
  setupFiles: ['packages/server/test/wait-timeouts.ts'],
  expect: { poll: { timeout: 20_000 } },
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** Most tests wait more than they work, so there is room for two more than cores. */
const common = { ...patience, isolate: false, maxWorkers: Math.max(2, os.availableParallelism()) + 2 };

/** After everything else and two at a time: each starts processes of its own, kills them, and measures times. */
const wholeProcesses = {
  ...patience,
  isolate: false,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
  testTimeout: 180_000,
  // What was found where nothing should be: it cannot be had again by running again.
  chaiConfig: { truncateThreshold: 4_000 },
};

/** What takes longest, most of it waiting. */
const LONGEST = [
  ...['security/lost-rights', 'backups/backups', 'pack/pack', 'walk/access', 'walk/can', 'test/bad-input', 'src/main'],
  ...['docs/readme', 'demo/play', 'embedded/server', 'jobs/jobs'],
];

/** Begins with what takes longest: everybody would wait for it in the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(`${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // One PostgreSQL for all of them.
    globalSetup: ['packages/server/test/global-setup.ts'],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: [
            'scripts/**/*.test.ts',
            'packages/{protocol,client,server}/src/**/*.test.ts',
            'packages/server/test/{,flows/,security/,walk/,faults/harness/}*.test.ts',
          ],
        },
      },
      {
        plugins: [messageMacros()],
        test: { ...common, name: 'web', include: ['packages/web/{src,build}/**/*.test.{ts,tsx}'] },
      },
      ...(withPython
        ? [{ test: { ...common, name: 'python', include: ['packages/server/test/python/*.test.ts'] } }]
        : []),
      ...(withChromium
        ? [
            {
              test: {
                ...common,
                name: 'browser',
                include: ['packages/web/e2e/**/*.test.ts'],
                globalSetup: ['packages/web/e2e/global-setup.ts'],
                maxWorkers: 2,
                sequence: { groupOrder: 2 },
              },
            },
          ]
        : []),
      { test: { ...wholeProcesses, name: 'faults', include: ['packages/server/test/faults/*.test.ts'] } },
      ...(withRedis
        ? [{ test: { ...wholeProcesses, name: 'cluster', include: ['packages/server/test/cluster/*.test.ts'] } }]
        : []),
    ],
  },
});
