import path from 'node:path';
import { expect, test } from 'vitest';
import { countEntries, Writer } from './cluster.ts';
import { postmasters, type Served, serve, temporaryDirectory } from './processes.ts';

async function outcome(server: Served): Promise<'ready' | number | NodeJS.Signals> {
  return Promise.race([server.next('ready', 30_000).then(() => 'ready' as const), server.ended]);
}

test('F7 of ten simultaneous first starts exactly one gets the database, the others say why not', async () => {
  const dataDir = path.join(await temporaryDirectory(), 'data');
  const servers = Array.from({ length: 10 }, () => serve(dataDir));
  const outcomes = await Promise.all(servers.map(outcome));
  expect(outcomes.filter((one) => one === 'ready')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 1)).toHaveLength(9);
  expect(await postmasters(dataDir)).toHaveLength(1);
  const winner = servers[outcomes.indexOf('ready')]!;
  for (const loser of servers.filter((server) => server !== winner)) {
    const report = await loser.next('refused');
    expect(report.name).toBe('DataDirInUse');
    expect(report.message).toContain(`process ${winner.child.pid}`);
    expect(report.message).not.toContain('\n');
  }
  await winner.kill();

  const second = Array.from({ length: 4 }, () => serve(dataDir));
  const again = await Promise.all(second.map(outcome));
  expect(
    again.filter((one) => one === 'ready'),
    'killed, it makes room for exactly one other',
  ).toHaveLength(1);
  expect(await second[again.indexOf('ready')]!.stop()).toBe(0);

  const controls = Array.from({ length: 3 }, () => serve(dataDir, { script: 'serve-without-lock.ts' }));
  const ready = (await Promise.all(controls.map(outcome))).filter((one) => one === 'ready');
  expect(ready.length, 'control: without the lock several believe to own it').toBeGreaterThan(1);
  await Promise.all(controls.map((control) => control.kill()));

  const server = serve(dataDir);
  const { url = '' } = await server.next('ready');
  const writer = new Writer(url);
  await writer.start();
  await writer.stop();
  expect((await countEntries(url)).count).toBeGreaterThanOrEqual(writer.acknowledged);
  expect(await server.stop()).toBe(0);
});
