// npm run bench:ticks [-- --running 10000] [--watched 1000] [--seconds 10] [--rounds 3] [--json]
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import type { LoopReport } from '../lib/loop-watch.ts';
import { ended, freePort, postmaster, start } from '../lib/processes.ts';
import { median, table } from '../lib/stats.ts';
import { WireClient } from '../lib/wire-client.ts';
import { makePeople } from '../presence/people.ts';
import { fillTasks } from './fill.ts';

const { values: options } = parseArgs({
  options: {
    running: { type: 'string', default: '10000' },
    watched: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('CPU of ticking timers: Atrium, and a server with an interval and a query for each timer.');
  console.log('  --running N   running timers (10000)\n  --watched N   tasks that somebody watches (1000)');
  console.log('  --seconds S   of each measurement (10)\n  --rounds N    measurements of each, in turn (3)');
  process.exit(0);
}

const running = Number(options.running);
const watched = Number(options.watched);
const seconds = Number(options.seconds);
/** Tasks that one connection watches. */
const PER_CONNECTION = 100;
const WARM_UP_MS = 8_000;
const TICK = Buffer.from('42["timer:tick"');
/** How many times less CPU than the plain server, at least. */
const WANTED_RATIO = 20;

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
await migrate(database, { log });
const [owner] = await makePeople(database, directory, { people: 1, perWorkspace: 1 });
if (owner === undefined) throw new Error('There is nobody.');
const tasks = (await fillTasks(database, owner, running)).slice(0, watched);
const { pid: databasePid } = await postmaster(directory);

interface Measured {
  cpus: number;
  ticks: number;
  heldMs: number;
}

const PLENTY = '100000000/1';
const subjects = {
  atrium: {
    file: 'packages/server/src/main.ts',
    ready: 'Atrium is ready',
    env: { DATA_DIR: directory, LIMIT_USER: PLENTY, SOCKETS_PER_USER: '10000', LOG_LEVEL: 'fatal' },
  },
  plain: { file: 'bench/ticks/plain-server.ts', ready: 'ready', env: {} },
};

function loopOf(child: ChildProcess): Promise<LoopReport> {
  return new Promise((resolve) => {
    child.once('message', (report) => resolve(report as LoopReport));
    child.send('loop');
  });
}

/** Watches tasks over one connection, all joined when it resolves. */
async function watch(port: number, some: readonly string[], onTick: () => void): Promise<WireClient> {
  let joined = 0;
  const client = await WireClient.connect(
    port,
    { token: owner?.token },
    {
      onEvent: (payload) => void (payload.subarray(0, TICK.length).equals(TICK) && onTick()),
      onAck: () => {
        joined += 1;
      },
    },
  );
  for (const taskId of some) client.emit('task:join', { taskId });
  while (joined < some.length) await sleep(20);
  return client;
}

async function measure(name: keyof typeof subjects): Promise<Measured> {
  const { env, file, ready } = subjects[name];
  const port = await freePort();
  const all = { ...env, DATABASE_URL: database.url, PORT: String(port) };
  const child = await start(file, all, ready, 'bench/lib/loop-watch.ts');
  let ticks = 0;
  const clients: WireClient[] = [];
  for (let from = 0; from < tasks.length; from += PER_CONNECTION) {
    clients.push(await watch(port, tasks.slice(from, from + PER_CONNECTION), () => (ticks += 1)));
  }
  await sleep(WARM_UP_MS);
  await loopOf(child);
  const roots = [child.pid ?? 0, databasePid];
  const [cpuBefore, ticksBefore, before] = [cpuSeconds(roots), ticks, performance.now()];
  await sleep(seconds * 1_000);
  const passed = (performance.now() - before) / 1_000;
  const measured = {
    cpus: (cpuSeconds(roots) - cpuBefore) / passed,
    ticks: (ticks - ticksBefore) / passed,
    heldMs: (await loopOf(child)).heldMax,
  };
  for (const client of clients) client.close();
  await ended(child);
  return measured;
}

try {
  const results: Record<keyof typeof subjects, Measured[]> = { atrium: [], plain: [] };
  for (let round = 0; round < Number(options.rounds); round += 1) {
    results.atrium.push(await measure('atrium'));
    results.plain.push(await measure('plain'));
  }
  const rows = Object.entries(results).map(([server, all]) => ({
    server,
    'CPUs, database included': Number(median(all.map(({ cpus }) => cpus)).toFixed(3)),
    'ticks heard a second': Math.round(median(all.map(({ ticks }) => ticks))),
    wanted: watched,
    'CPU ms a tick': Number(median(all.map(({ cpus, ticks }) => (1_000 * cpus) / ticks)).toFixed(3)),
    'worst stall, ms': Number(median(all.map(({ heldMs }) => heldMs)).toFixed(1)),
  }));
  const ratio = median(results.plain.map(({ cpus }, at) => cpus / (results.atrium[at]?.cpus ?? Number.NaN)));
  console.log(options.json ? JSON.stringify({ rows, ratio }) : table(rows));
  if (!options.json) console.log(`\nAtrium uses ${ratio.toFixed(1)} times less CPU, in the same run.`);
  if (!(ratio >= WANTED_RATIO)) process.exitCode = 1;
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
