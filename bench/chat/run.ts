// npm run bench:chat [-- --json] [--repeats 5] [--seconds 5]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { type Database, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import { postmaster } from '../lib/processes.ts';
import { median, table } from '../lib/stats.ts';
import type { Phase, PhaseResult } from './load.ts';
import { LoadProcess } from './load-process.ts';
import { type Subject, startAtrium, startPlain, startRaw } from './servers.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(
    'Messages a second, persisted before delivered: 20 senders, 10 rooms of 20. Beside Atrium: a plain server that\n' +
      'stores each message with a statement of its own, the same without foreign keys on its messages ("keyless"), and\n' +
      'Socket.IO alone, which stores nothing ("raw"). Atrium is measured once more with the index of search held until\n' +
      'the load is over ("indexed later"): what is used later is then the index, and little else.',
  );
  console.log(
    '  --repeats N   measurements of each, interleaved (5)\n  --seconds N   length of each (4)\n  --json        JSON',
  );
  process.exit(0);
}

const WARM_UP: Phase = { seconds: 3, window: 16 };
const seconds = Number(options.seconds);
const phases: Record<string, Phase> = {
  'as fast as it goes': { seconds, window: 16 },
  '1000/s': { seconds, perSecond: 1000 },
  '100/s': { seconds, perSecond: 100 },
};

/** What is done after the answer is done when this little is used. */
const SETTLED_CPU = 0.05;
const SETTLE_STEP_MS = 1_000;

interface Measured {
  rate: number;
  /** With what was done for these messages after the load was over. */
  cpu: number;
  later: number;
  p50: number;
  p99: number;
}

/** The load generator beside one server. */
class Load extends LoadProcess {
  readonly subject: Subject;

  constructor(subject: Subject) {
    super();
    this.subject = subject;
  }

  /** @param goOn is called when the load is over, and then the server is waited for */
  async measure(phase: Phase, goOn?: () => Promise<void>): Promise<Measured> {
    const before = cpuSeconds(this.subject.pids);
    const result = await this.ask<PhaseResult>({ phase });
    const used = cpuSeconds(this.subject.pids) - before;
    await goOn?.();
    const later = await this.settle();
    if (result.refused > 0) throw new Error(`${this.subject.name} refused ${result.refused} messages`);
    return {
      rate: result.acked / result.seconds,
      cpu: ((used + later) / result.acked) * 1000,
      later: (later / result.acked) * 1000,
      p50: result.p50,
      p99: result.p99,
    };
  }

  /** Waits until the server rests, lest one be measured while another works. Returns the CPU seconds it took. */
  private async settle(): Promise<number> {
    const begun = cpuSeconds(this.subject.pids);
    for (let last = begun; ; ) {
      await sleep(SETTLE_STEP_MS);
      const now = cpuSeconds(this.subject.pids);
      if (now - last < (SETTLED_CPU * SETTLE_STEP_MS) / 1000) return now - begun;
      last = now;
    }
  }
}

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const progress = (text: string) => process.stderr.write(`${text}\n`);
progress('Starting the servers and signing 200 people in …');
const INDEXED_LATER = 'atrium, indexed later';
/** The plain servers, and whether their messages have no foreign keys. */
const PLAIN = { plain: false, keyless: true };
const databases: Database[] = [];
const subjects: Subject[] = [];
try {
  subjects.push(await startAtrium(path.join(directory, 'atrium')));
  for (const [name, isKeyless] of Object.entries(PLAIN)) {
    const dataDir = path.join(directory, name);
    const database = await openDatabase({ dataDir, log });
    databases.push(database);
    const { pid } = await postmaster(dataDir);
    subjects.push(await startPlain(name, { url: database.url, pid }, isKeyless));
  }
  subjects.push(await startRaw());
  const loads = subjects.map((subject) => new Load(subject));
  for (const load of loads) {
    await load.ask({ plan: load.subject.plan });
    await load.measure(WARM_UP);
  }
  const results = new Map<string, Measured[]>();
  const keep = (title: string, name: string, measured: Measured, repeat: number) => {
    const key = `${title}|${name}`;
    results.set(key, [...(results.get(key) ?? []), measured]);
    progress(`${title}, ${name}, ${repeat + 1} of ${options.repeats}`);
  };
  for (const [title, phase] of Object.entries(phases)) {
    for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
      for (const load of loads) {
        const { name, holdIndex } = load.subject;
        keep(title, name, await load.measure(phase), repeat);
        if (holdIndex) keep(title, INDEXED_LATER, await load.measure(phase, await holdIndex()), repeat);
      }
    }
  }
  for (const load of loads) load.stop();
  report(results);
} finally {
  for (const subject of subjects) await subject.stop();
  for (const database of databases) await database.close();
  await rm(directory, { recursive: true, force: true });
}

function report(results: ReadonlyMap<string, Measured[]>): void {
  const rows = [...results].map(([key, runs]) => {
    const [load = '', server = ''] = key.split('|');
    const of = (name: keyof Measured) => median(runs.map((run) => run[name]));
    return { load, server, rate: of('rate'), cpu: of('cpu'), later: of('later'), p50: of('p50'), p99: of('p99') };
  });
  const ratios = Object.keys(phases).flatMap((load) =>
    [...Object.keys(PLAIN), 'raw'].map((other) => {
      const theirs = results.get(`${load}|${other}`) ?? [];
      const ratio = (of: (run: Measured) => number, ours = 'atrium') => {
        const runs = results.get(`${load}|${ours}`) ?? [];
        return median(runs.flatMap((run, at) => (theirs[at] ? [of(run) / of(theirs[at])] : [])));
      };
      return {
        load,
        other,
        rate: ratio(({ rate }) => rate),
        cpu: ratio(({ cpu }) => cpu),
        cpuWithoutIndex: ratio(({ cpu, later }) => cpu - later, INDEXED_LATER),
        p50: ratio(({ p50 }) => p50),
        p99: ratio(({ p99 }) => p99),
      };
    }),
  );
  if (options.json) {
    console.log(JSON.stringify({ rows, ratios }, null, 2));
    return;
  }
  console.log(
    table(
      rows.map((row) => ({
        load: row.load,
        server: row.server,
        'messages/s': row.rate.toFixed(0),
        'cpu-s/1000': row.cpu.toFixed(3),
        'of it later': row.later.toFixed(3),
        'p50 ms': row.p50.toFixed(1),
        'p99 ms': row.p99.toFixed(1),
      })),
    ),
  );
  console.log('\nAtrium ÷ others (median of the paired ratios)');
  console.log(
    table(
      ratios.map((row) => ({
        load: row.load,
        '÷': row.other,
        'messages/s': `${row.rate.toFixed(2)}×`,
        CPU: `${row.cpu.toFixed(2)}×`,
        'without the index': `${row.cpuWithoutIndex.toFixed(2)}×`,
        p50: `${row.p50.toFixed(2)}×`,
        p99: `${row.p99.toFixed(2)}×`,
      })),
    ),
  );
}
