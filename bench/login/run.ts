// npm run bench:login [-- --json] [--repeats 5] [--seconds 5]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import type { LoopReport } from '../lib/loop-watch.ts';
import { postmaster } from '../lib/processes.ts';
import { median, percentile, table } from '../lib/stats.ts';
import { type Subject, startAtrium, startPlain } from './servers.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Twenty people sign in at once, again and again: Atrium beside a plain Express + bcryptjs server.');
  console.log(
    '  --repeats N   measurements of each, interleaved (5)\n  --seconds N   length of each (5)\n  --json        JSON',
  );
  process.exit(0);
}

const AT_ONCE = 20;
/** Enough that nobody is signed in on a hundred devices before the end. */
const PEOPLE = 400;
const WARM_UP_SECONDS = 3;
/** While the other one was measured, connections were closed and code was thrown away; that is not what is asked. */
const WAKE_UP_SECONDS = 0.5;

interface Measured extends LoopReport {
  rate: number;
  cpu: number;
  p50: number;
  p99: number;
}

let next = 0;

/** Bursts of twenty, one after the other, for so long. @returns how long each sign-in took, in ms */
async function load(subject: Subject, seconds: number): Promise<{ taken: number[]; seconds: number }> {
  const taken: number[] = [];
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1000) {
    const burst = Array.from({ length: AT_ONCE }, async () => {
      const start = performance.now();
      next = (next + 1) % PEOPLE;
      await subject.login(next);
      taken.push(performance.now() - start);
    });
    await Promise.all(burst);
  }
  return { taken, seconds: (performance.now() - begun) / 1000 };
}

async function measure(subject: Subject, seconds: number): Promise<Measured> {
  await load(subject, WAKE_UP_SECONDS);
  await subject.loop();
  const before = cpuSeconds(subject.pids);
  const { taken, seconds: lasted } = await load(subject, seconds);
  const used = cpuSeconds(subject.pids) - before;
  const sorted = taken.toSorted((a, b) => a - b);
  return {
    rate: taken.length / lasted,
    cpu: (used / taken.length) * 1000,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    ...(await subject.loop()),
  };
}

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const progress = (text: string) => process.stderr.write(`${text}\n`);
progress(`Starting both servers and registering ${PEOPLE} people in each …`);
const plainDatabase = await openDatabase({ dataDir: path.join(directory, 'plain'), log });
const subjects: Subject[] = [];
try {
  subjects.push(await startAtrium(path.join(directory, 'atrium')));
  subjects.push(await startPlain(plainDatabase.url, (await postmaster(path.join(directory, 'plain'))).pid));
  const results = new Map<string, Measured[]>(subjects.map(({ name }) => [name, []]));
  for (const subject of subjects) {
    await subject.populate(PEOPLE);
    await load(subject, WARM_UP_SECONDS);
  }
  for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
    for (const subject of subjects) {
      results.get(subject.name)?.push(await measure(subject, Number(options.seconds)));
      progress(`${subject.name}, ${repeat + 1} of ${options.repeats}`);
    }
  }
  report(results);
} finally {
  for (const subject of subjects) await subject.stop();
  await plainDatabase.close();
  await rm(directory, { recursive: true, force: true });
}

function report(results: ReadonlyMap<string, Measured[]>): void {
  const rows = [...results].map(([server, runs]) => {
    const of = (name: keyof Measured) => median(runs.map((run) => run[name]));
    return {
      server,
      rate: of('rate'),
      cpu: of('cpu'),
      p50: of('p50'),
      p99: of('p99'),
      delayP99: of('delayP99'),
      // The worst of all measurements: a promise of "never" is not kept by a median.
      delayMax: Math.max(...runs.map(({ delayMax }) => delayMax)),
      heldMax: Math.max(...runs.map(({ heldMax }) => heldMax)),
    };
  });
  if (options.json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  console.log(
    table(
      rows.map((row) => ({
        server: row.server,
        'logins/s': row.rate.toFixed(1),
        'cpu-s/1000': row.cpu.toFixed(1),
        'p50 ms': row.p50.toFixed(0),
        'p99 ms': row.p99.toFixed(0),
        'loop delay p99 ms': row.delayP99.toFixed(1),
        'loop delay worst ms': row.delayMax.toFixed(1),
        'loop held worst ms': row.heldMax.toFixed(1),
      })),
    ),
  );
  console.log(
    '\nLoop delay: timers came so late, also because the machine was busy. Loop held: what the program itself did at a stretch.',
  );
}
