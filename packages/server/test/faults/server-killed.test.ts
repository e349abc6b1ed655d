import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findProcesses } from '../../src/platform/database/embedded/process-info.ts';
import { startControl } from './harness/control.ts';
import { urlOfEmbedded } from './harness/embedded-url.ts';
import { seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { setUpScene, startTraffic } from './harness/scene.ts';
import { injectFaults } from './harness/schedule.ts';
import { startServer } from './harness/server.ts';
import { settle, verify } from './harness/verify.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';

const SENDS = shortOrLong(20, 150);
const KILLS = shortOrLong(4, 20);
const ACKED_WITHIN_MS = allowedMs(15_000);

test('F1 killed repeatedly while 12 clients send, the server loses, repeats and swaps nothing', {
  timeout: shortOrLong(90_000, 400_000),
}, async () => {
  const random = seededRandom('F1');
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const port = await freePort();
  let server = startServer({ dataDir, port });
  await server.ready();
  const databaseUrl = await urlOfEmbedded(dataDir);
  const control = await startControl({ urls: [server.url], databaseUrl, cleanup: onTestFinished });
  const scene = await setUpScene({ url: server.url, databaseUrl, random, cleanup: onTestFinished, clients: 12 });
  const restart = async () => {
    await server.kill();
    server = startServer({ dataDir, port });
  };

  const talk = startTraffic(scene, random, SENDS);
  const struck = await injectFaults({
    random,
    count: KILLS,
    pauseMs: [300, 2_000],
    faults: [
      { name: 'killed while serving', weight: 3, strike: async () => restart().then(() => server.ready()) },
      { name: 'killed and started', strike: restart },
    ],
  });
  await server.ready();
  const lastStart = performance.now();
  await talk.finish();
  const ackedMs = performance.now() - lastStart;
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  expect(ackedMs).toBeLessThan(ACKED_WITHIN_MS);
  expect(scene.participants.filter(({ resets }) => resets > 0)).toEqual([]);

  const { doubled, missing } = await control.finish();
  expect(missing, 'clients that do not resume must miss something').not.toEqual([]);
  report('F1', { struck, sent: commands.length, ackedMs, settledMs, control: { doubled: doubled.length, missing } });
  expect(await server.stop()).toBe(0);
  expect(await findProcesses(dataDir)).toEqual([]);
});
