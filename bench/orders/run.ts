// npm run bench:orders [-- --seconds 5] [--rounds 3] [--at-once 100] [--json]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import { median, percentile, table } from '../lib/stats.ts';
import { type Subject, startAtrium, startPlain } from './servers.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    'at-once': { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Orders of one piece: Atrium, and a plain server with a transaction and SELECT … FOR UPDATE for each.');
  console.log('  --seconds S   of each measurement (5)\n  --rounds N    measurements of each, in turn (3)');
  console.log('  --at-once N   orders under way at a time (100)\n  --json        JSON');
  process.exit(0);
}

const BUYERS = 200;
const PRODUCTS = 100;
const WARM_UP_SECONDS = 1;
/** Orders a second, at least, by the number of products. */
const WANTED = { 1: 300, [PRODUCTS]: 1_500 } as Record<number, number>;

interface Measured {
  rate: number;
  /** CPU seconds for a thousand orders, the database's included. */
  cpu: number;
  p50: number;
  p99: number;
}

let buyer = 0;

/** Keeps so many orders under way for so long. @returns how long each took, in milliseconds */
async function load(subject: Subject, products: readonly string[], seconds: number): Promise<number[]> {
  const taken: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const one = async () => {
    while (performance.now() < end) {
      buyer = (buyer + 1) % BUYERS;
      const begun = performance.now();
      await subject.order(buyer, products[taken.length % products.length] ?? '');
      taken.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: Number(options['at-once']) }, one));
  return taken;
}

async function measure(subject: Subject, products: readonly string[]): Promise<Measured> {
  await load(subject, products, WARM_UP_SECONDS);
  const soldBefore = await subject.sold(products);
  const [cpuBefore, begun] = [cpuSeconds(subject.pids), performance.now()];
  const taken = await load(subject, products, Number(options.seconds));
  const passed = (performance.now() - begun) / 1_000;
  const cpu = ((cpuSeconds(subject.pids) - cpuBefore) / taken.length) * 1_000;
  subject.rest();
  const sold = (await subject.sold(products)) - soldBefore;
  if (sold !== taken.length) throw new Error(`${subject.name} answered ${taken.length} orders and sold ${sold}`);
  const sorted = taken.toSorted((one, other) => one - other);
  return { rate: taken.length / passed, cpu, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const folders = { atrium: path.join(directory, 'atrium'), plain: path.join(directory, 'plain') };
const atriumDatabase = await openDatabase({ dataDir: folders.atrium, log });
const plainDatabase = await openDatabase({ dataDir: folders.plain, log });
const subjects: Subject[] = [];
try {
  await migrate(atriumDatabase, { log });
  subjects.push(await startAtrium(atriumDatabase, folders.atrium, BUYERS));
  subjects.push(await startPlain(plainDatabase, folders.plain));
  const rows: Record<string, string | number>[] = [];
  for (const count of [1, PRODUCTS]) {
    const results = new Map<Subject, Measured[]>(subjects.map((subject) => [subject, []]));
    const shelves = new Map<Subject, string[]>();
    for (const subject of subjects) {
      const products: string[] = [];
      for (let at = 0; at < count; at += 1) products.push(await subject.sell());
      subject.rest();
      shelves.set(subject, products);
    }
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const subject of subjects) results.get(subject)?.push(await measure(subject, shelves.get(subject) ?? []));
    }
    for (const [{ name }, all] of results) {
      const of = (key: keyof Measured) => median(all.map((measured) => measured[key]));
      rows.push({
        products: count,
        server: name,
        'orders/s': Math.round(of('rate')),
        'cpu-s/1000': Number(of('cpu').toFixed(3)),
        'p50 ms': Number(of('p50').toFixed(1)),
        'p99 ms': Number(of('p99').toFixed(1)),
      });
      if (name === 'atrium' && of('rate') < (WANTED[count] ?? 0)) process.exitCode = 1;
    }
  }
  console.log(options.json ? JSON.stringify(rows) : table(rows));
} finally {
  for (const subject of subjects) await subject.stop();
  await atriumDatabase.close();
  await plainDatabase.close();
  await rm(directory, { recursive: true, force: true });
}
