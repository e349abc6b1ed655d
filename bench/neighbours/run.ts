// npm run bench:neighbours [-- --seconds 10] [--json]
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { summary } from '../lib/latency.ts';
import { ended, freePort, start } from '../lib/processes.ts';
import { table } from '../lib/stats.ts';
import { makePeople } from '../presence/people.ts';
import { fill } from './fill.ts';
import { loads } from './loads.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('What a stranger waits for `GET /users/me` while one person asks for as much as the limits allow.');
  console.log('  --seconds S   of each load (10)\n  --json        JSON');
  process.exit(0);
}

const seconds = Number(options.seconds);
/** Members of the workspace of the one who causes the load. */
const MEMBERS = 5_000;
/** Within the limit of calls. */
const PAUSE_MS = 100;
const WANTED_P99_MS = 100;

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  const [person] = await makePeople(database, directory, { people: MEMBERS, perWorkspace: MEMBERS });
  const [stranger] = await makePeople(database, directory, { people: 1, perWorkspace: 1 });
  if (person === undefined || stranger === undefined) throw new Error('There is nobody.');
  const world = await fill(database, person);
  const port = await freePort();
  // The limits are those that everybody has.
  const env = { DATA_DIR: directory, DATABASE_URL: database.url, PORT: String(port), LOG_LEVEL: 'fatal' };
  const child = await start('packages/server/src/main.ts', env, 'Atrium is ready');
  const target = { url: `http://127.0.0.1:${port}`, port, token: person.token };

  async function look(): Promise<number> {
    const began = performance.now();
    const answer = await fetch(`${target.url}/api/v1/users/me`, {
      headers: { authorization: `Bearer ${stranger?.token}` },
    });
    await answer.text();
    // Looking is limited too; a refusal is no answer.
    return answer.status === 200 ? performance.now() - began : Number.NaN;
  }

  const rows = [];
  for (const name of Object.keys(loads)) {
    for (let at = 0; at < 5; at++) await look();
    const worker = new Worker(new URL('load-worker.ts', import.meta.url), { workerData: { name, target, world } });
    const answered = once(worker, 'message');
    await once(worker, 'online');
    const times: number[] = [];
    for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) {
      times.push(await look());
      await sleep(PAUSE_MS);
    }
    worker.postMessage('end');
    const [calls] = (await answered) as [number];
    await worker.terminate();
    const { p50, p99, max } = summary(times.filter((time) => !Number.isNaN(time)));
    rows.push({ load: name, 'its calls': calls, looks: times.length, p50, p99, max });
    await sleep(1_000);
  }
  await ended(child);
  const shown = rows.map(({ p50, p99, max, ...row }) => ({
    ...row,
    'p50 ms': p50.toFixed(1),
    'p99 ms': p99.toFixed(1),
    'max ms': max.toFixed(1),
  }));
  console.log(options.json ? JSON.stringify(rows) : table(shown));
  if (rows.some(({ p99 }) => !(p99 <= WANTED_P99_MS))) process.exitCode = 1;
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
