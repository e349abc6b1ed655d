import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bareStart, countEntries, Writer } from './cluster.ts';
import { allowedMs } from './harness/run-length.ts';
import { freePort } from './harness/work-directory.ts';
import { postmasters, REPEATED, ROUNDS, serve, temporaryDirectory } from './processes.ts';

test(
  'F3 the database killed alone is reported within 3 s and back within 10 s, in the same process',
  REPEATED,
  async () => {
    const dataDir = path.join(await temporaryDirectory(), 'data');
    const server = serve(dataDir);
    const { url = '' } = await server.next('ready');
    for (let round = 0; round < ROUNDS; round += 1) {
      const writer = new Writer(url);
      await writer.start();
      await sleep(100 + Math.random() * 200);
      const [pid = 0] = await postmasters(dataDir);
      process.kill(pid, 'SIGKILL');
      await server.next('down', allowedMs(3_000));
      await server.next('up', allowedMs(10_000));
      await writer.finish();
      const { count, max } = await countEntries(url);
      expect(count).toBe(max);
      expect(max - writer.acknowledged).toBeOneOf([0, 1]);
    }
    expect(server.child.exitCode).toBeNull();
    expect(await server.stop()).toBe(0);
    expect(await postmasters(dataDir)).toEqual([]);
  },
);

test('F3 told to stop at the moment its database dies, it stops and leaves no server behind', async () => {
  const dataDir = path.join(await temporaryDirectory(), 'data');
  for (const delay of [0, 20, 150]) {
    const server = serve(dataDir);
    await server.next('ready');
    const [pid = 0] = await postmasters(dataDir);
    process.kill(pid, 'SIGKILL');
    await sleep(delay);
    expect(await server.stop()).toBe(0);
    expect(await postmasters(dataDir)).toEqual([]);
  }
});

test('F3 control: a database without a supervisor stays down', async () => {
  const dataDir = path.join(await temporaryDirectory(), 'data');
  const server = serve(dataDir);
  await server.next('ready');
  expect(await server.stop()).toBe(0);
  expect((await bareStart(path.join(dataDir, 'database'), await freePort())).code).toBe(0);
  const [pid = 0] = await postmasters(dataDir);
  process.kill(pid, 'SIGKILL');
  await sleep(2_000);
  expect(await postmasters(dataDir)).toEqual([]);
});
