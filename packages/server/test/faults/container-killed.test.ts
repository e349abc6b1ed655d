import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inspectProcess } from '../../src/platform/database/embedded/process-info.ts';
import {
  bareStart,
  clusterUser,
  countEntries,
  spawnBystander,
  startBelowCarelessParent,
  untilReady,
  Writer,
} from './cluster.ts';
import { allowedMs } from './harness/run-length.ts';
import { freePort } from './harness/work-directory.ts';
import { killProcessesOf, postmasters, REPEATED, ROUNDS, serve, temporaryDirectory } from './processes.ts';

test(
  'F4 killed together with its database, it starts again by itself and nothing acknowledged is lost',
  REPEATED,
  async () => {
    const dataDir = path.join(await temporaryDirectory(), 'data');
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = serve(dataDir);
      const { url = '' } = await server.next('ready', allowedMs(15_000));
      const writer = new Writer(url);
      await writer.start();
      await sleep(100 + Math.random() * 300);
      await killProcessesOf(dataDir);
      await Promise.all([server.ended, writer.finish()]);
      const again = serve(dataDir);
      const { url: urlAgain = '' } = await again.next('ready', allowedMs(15_000));
      const { count, max } = await countEntries(urlAgain);
      expect(count).toBe(max);
      expect(max - writer.acknowledged).toBeOneOf([0, 1]);
      expect(await postmasters(dataDir)).toHaveLength(1);
      expect(await again.stop()).toBe(0);
      expect(await postmasters(dataDir)).toHaveLength(0);
    }
  },
);

/** A data directory with a cluster that was stopped normally. */
async function stoppedCluster(): Promise<{ dataDir: string; clusterDir: string }> {
  const dataDir = path.join(await temporaryDirectory(), 'data');
  const server = serve(dataDir);
  await server.next('ready');
  expect(await server.stop()).toBe(0);
  return { dataDir, clusterDir: path.join(dataDir, 'database') };
}

test('F4 a postmaster that is a zombie does not block the start', async () => {
  const { dataDir, clusterDir } = await stoppedCluster();
  const pid = await startBelowCarelessParent(clusterDir, await freePort());
  await untilReady(clusterDir);
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await inspectProcess(pid)).state).toBe('zombie');
  const bare = await bareStart(clusterDir, await freePort());
  expect(bare.code, 'without our examination of the pid file the start must fail').not.toBe(0);
  const server = serve(dataDir);
  await server.next('ready', allowedMs(15_000));
  expect((await inspectProcess(pid)).state).toBe('zombie');
  expect(await server.stop()).toBe(0);
});

test('F4 a pid file with the id of another running process does not block the start', async () => {
  const { dataDir, clusterDir } = await stoppedCluster();
  const first = serve(dataDir);
  await first.next('ready');
  const pidFile = path.join(clusterDir, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  await killProcessesOf(dataDir);
  await first.ended;
  const stranger = spawnBystander(await clusterUser(clusterDir));
  await writeFile(pidFile, [stranger, ...lines.slice(1)].join('\n'));
  const bare = await bareStart(clusterDir, await freePort());
  expect(bare.code, 'without our examination of the pid file the start must fail').not.toBe(0);
  const server = serve(dataDir);
  await server.next('ready', allowedMs(15_000));
  expect((await inspectProcess(stranger)).state).toBe('alive');
  expect(await server.stop()).toBe(0);
});
