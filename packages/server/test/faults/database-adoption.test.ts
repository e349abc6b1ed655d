import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bareStart, countEntries, Writer } from './cluster.ts';
import { allowedMs } from './harness/run-length.ts';
import { freePort } from './harness/work-directory.ts';
import { postmasters, REPEATED, ROUNDS, serve, temporaryDirectory } from './processes.ts';

test('F5 when only the server is killed, its successor adopts the running database', REPEATED, async () => {
  const dataDir = path.join(await temporaryDirectory(), 'data');
  let server = serve(dataDir);
  let { url = '' } = await server.next('ready');
  const pids = await postmasters(dataDir);
  expect(pids).toHaveLength(1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = new Writer(url);
    await writer.start();
    await sleep(Math.random() * 200);
    await server.kill();
    const bare = await bareStart(path.join(dataDir, 'database'), await freePort());
    expect(bare.code, 'a start that does not adopt must fail').not.toBe(0);
    server = serve(dataDir);
    ({ url = '' } = await server.next('ready', allowedMs(3_000)));
    await writer.stop();
    expect(await postmasters(dataDir)).toEqual(pids);
    const { count, max } = await countEntries(url);
    expect(count).toBe(max);
    expect(max - writer.acknowledged).toBeOneOf([0, 1]);
  }
  expect(await server.stop(), 'an adopted server is stopped in order too').toBe(0);
  expect(await postmasters(dataDir)).toHaveLength(0);
});

test('F5 an interrupt from the terminal, which goes to the whole process group, does not reach the database', async () => {
  const dataDir = path.join(await temporaryDirectory(), 'data');
  const server = serve(dataDir);
  await server.next('ready');
  const pids = await postmasters(dataDir);
  process.kill(-(server.child.pid ?? 0), 'SIGINT');
  expect(await server.ended).toBe('SIGINT');
  await sleep(300);
  expect(await postmasters(dataDir)).toEqual(pids);
});
