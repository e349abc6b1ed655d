import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { urlOfEmbedded } from './harness/embedded-url.ts';
import { between, seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { setUpScene, startTraffic } from './harness/scene.ts';
import { errorsIn, type ServerProcess, startServer } from './harness/server.ts';
import { until } from './harness/until.ts';
import { settle, verify } from './harness/verify.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';
import { postmasters } from './processes.ts';

const ROUNDS = shortOrLong(2, 8);
const SENDS = shortOrLong(20, 100);
const DOWN_WITHIN_MS = allowedMs(3_000);
const UP_WITHIN_MS = allowedMs(10_000);

test('F3 database and server killed in turn under load: reported, recovered, nothing lost or repeated', {
  timeout: shortOrLong(90_000, 400_000),
}, async () => {
  const random = seededRandom('F3');
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const port = await freePort();
  let server = startServer({ dataDir, port });
  await server.ready();
  const databaseUrl = await urlOfEmbedded(dataDir);
  const scene = await setUpScene({ url: server.url, databaseUrl, random, cleanup: onTestFinished, clients: 8 });
  const talk = startTraffic(scene, random, SENDS);
  const servers = [server];
  const outages: { downMs: number; upMs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await sleep(between(random, 200, 1_000));
    outages.push(await killDatabase(server, dataDir));
    expect(server.child.exitCode).toBeNull();
    await sleep(between(random, 0, 1_000));
    await server.kill();
    server = startServer({ dataDir, port });
    servers.push(server);
    await server.ready();
  }
  await talk.finish();
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  // A lost database is one logged error, and not a failed operation; automatic retries may log warnings.
  const errors = servers.flatMap(({ log }) => errorsIn(log));
  expect(errors.filter((line) => !line.includes('"the database became unavailable"'))).toEqual([]);
  expect(errors).toHaveLength(ROUNDS);
  report('F3', { outages, sent: commands.length, settledMs });
  expect(await server.stop()).toBe(0);
  expect(await postmasters(dataDir)).toEqual([]);
});

/** Kills only the database. @returns the time until the server reported it, and until it reported that it is back */
async function killDatabase(server: ServerProcess, dataDir: string): Promise<{ downMs: number; upMs: number }> {
  const ready = async () => (await fetch(`${server.url}/health/ready`)).status;
  const [pid = 0] = await postmasters(dataDir);
  process.kill(pid, 'SIGKILL');
  const downMs = await until(async () => (await ready()) === 503, DOWN_WITHIN_MS, 'told that the database is gone');
  const upMs = downMs + (await until(async () => (await ready()) === 200, UP_WITHIN_MS, 'told that it is back'));
  return { downMs, upMs };
}
