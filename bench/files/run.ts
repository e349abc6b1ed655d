// npm run bench:files [-- --repeats 3] [--seconds 8] [--json]
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { phonePhoto } from '../../packages/server/test/photo.ts';
import type { PhaseResult } from '../chat/load.ts';
import { LoadProcess } from '../chat/load-process.ts';
import { cpuOf, cpuSeconds } from '../lib/cpu.ts';
import { ended, postmaster } from '../lib/processes.ts';
import { median, table } from '../lib/stats.ts';
import { makePeople } from '../presence/people.ts';
import { growthDuring } from './memory.ts';
import { startServer, type UploadedFile } from './server.ts';

const { values: options } = parseArgs({
  options: {
    repeats: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Memory and CPU of 20 uploads of 10 MB at once; chat with and without 20 photos being converted.');
  console.log('  --repeats N   measurements of chat (3)\n  --seconds S   length of each (8)\n  --json        JSON');
  process.exit(0);
}

const MB = 1_000_000;
const AT_ONCE = 20;
const MOST_GROWTH = 100 * MB;
const MOST_P99 = 1.2;
const MESSAGES_PER_SECOND = 100;

const large: UploadedFile = {
  name: 'readings.txt',
  type: 'text/plain',
  content: Buffer.alloc(10 * MB, 'The roses need water.\n'),
};
const photo: UploadedFile = { name: 'photo.jpg', type: 'image/jpeg', content: await phonePhoto() };
const readings: UploadedFile = { ...large, content: large.content.subarray(0, photo.content.length) };

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
let child: ChildProcess | undefined;
try {
  await migrate(database, { log });
  const people = await makePeople(database, directory, { people: AT_ONCE, perWorkspace: AT_ONCE });
  const server = await startServer(directory, database.url, people);
  child = server.child;
  const pids = [server.pid, (await postmaster(directory)).pid];
  /** Each person sends a file, all at once. */
  const everyone = (file: UploadedFile) => Promise.all(people.map((_, at) => server.upload(at, file)));

  // The first one starts the process that converts, and loads what is needed.
  await server.upload(0, large);
  await server.upload(0, photo);

  /** @param otherCpu CPU seconds that something else takes meanwhile */
  const measure = async (file: UploadedFile, otherCpu = 0) => {
    const [begun, cpu] = [performance.now(), cpuSeconds(pids)];
    const { result: tries, ...grown } = await growthDuring(server.pid, () => everyone(file));
    return {
      what: `${AT_ONCE} × ${file.name}, ${(file.content.length / MB).toFixed(1)} MB`,
      seconds: (performance.now() - begun) / 1_000,
      cpu: (cpuSeconds(pids) - cpu - otherCpu) / AT_ONCE,
      repeated: tries.reduce((sum, each) => sum + each - 1, 0),
      ...grown,
    };
  };
  const uploads = [await measure(large)];

  const load = new LoadProcess();
  await load.ask({ plan: server.plan });
  const phase = { seconds: Number(options.seconds), perSecond: MESSAGES_PER_SECOND };
  await load.ask({ phase: { ...phase, seconds: 3 } });
  /** CPU seconds of each, by who used them; what converts is below the server. */
  const used = () => {
    const own = cpuOf(server.pid);
    return {
      server: own,
      converting: cpuSeconds([server.pid]) - own,
      database: cpuSeconds([pids[1] ?? 0]),
      load: cpuSeconds([load.pid]),
    };
  };
  const talk = async () => {
    await server.loop();
    const before = used();
    const result = await load.ask<PhaseResult>({ phase });
    const after = used();
    const loop = await server.loop();
    const coresOf = (who: keyof typeof after) => (after[who] - before[who]) / phase.seconds;
    const cores = {
      server: coresOf('server'),
      converting: coresOf('converting'),
      database: coresOf('database'),
      load: coresOf('load'),
    };
    if (result.refused > 0) throw new Error(`${result.refused} messages were refused`);
    return { ...result, cores, loop };
  };
  const rounds = [];
  for (let at = 0; at < Number(options.repeats); at += 1) {
    const cpu = cpuSeconds(pids);
    const alone = await talk();
    // They arrive and are stored as the photos are, and are not converted.
    const arriving = everyone(readings);
    const besideTexts = await talk();
    await arriving;
    // Twenty photos take longer than the measurement.
    const converting = measure(photo, cpuSeconds(pids) - cpu);
    const beside = await talk();
    uploads.push(await converting);
    rounds.push({ alone, besideTexts, beside });
  }
  load.stop();

  const chat = {
    alone: median(rounds.map(({ alone }) => alone.p99)),
    beside: median(rounds.map(({ beside }) => beside.p99)),
    ratio: median(rounds.map(({ alone, beside }) => beside.p99 / alone.p99)),
    medianRatio: median(rounds.map(({ alone, beside }) => beside.p50 / alone.p50)),
  };
  if (options.json) {
    console.log(JSON.stringify({ uploads, rounds, chat }, null, 2));
  } else {
    console.log(
      table(
        uploads.map(({ what, seconds, cpu, growth, children, repeated }) => ({
          what,
          seconds: seconds.toFixed(1),
          'CPU s each': cpu.toFixed(2),
          'server grew MB': (growth / MB).toFixed(0),
          'converting MB': (children / MB).toFixed(0),
          'sent again': repeated,
        })),
      ),
    );
    console.log(`\nChat at ${MESSAGES_PER_SECOND} messages a second to ${AT_ONCE} connections, p99`);
    console.log(
      table([
        {
          'alone ms': chat.alone.toFixed(1),
          'beside 20 photos ms': chat.beside.toFixed(1),
          ratio: chat.ratio.toFixed(2),
          'ratio of p50': chat.medianRatio.toFixed(2),
        },
      ]),
    );
    console.log('\nWhere the time goes: cores used meanwhile, and the event loop of the server');
    const rowOf = (what: string, { cores, loop, p99 }: Awaited<ReturnType<typeof talk>>) => ({
      chat: what,
      'p99 ms': p99.toFixed(1),
      server: cores.server.toFixed(2),
      converting: cores.converting.toFixed(2),
      database: cores.database.toFixed(2),
      'load generator': cores.load.toFixed(2),
      'loop late p99 ms': loop.delayP99.toFixed(1),
      'loop held ms': loop.heldMax.toFixed(1),
    });
    console.log(
      table(
        rounds.flatMap(({ alone, besideTexts, beside }) => [
          rowOf('alone', alone),
          rowOf('beside 20 texts of that size', besideTexts),
          rowOf('beside 20 photos', beside),
        ]),
      ),
    );
  }
  if ((uploads[0]?.growth ?? 0) > MOST_GROWTH || chat.ratio > MOST_P99) process.exitCode = 1;
} finally {
  if (child) await ended(child);
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
