// npm run bench:search [-- --json] [--messages 1000000] [--calls 100] [--keep directory]
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { messageSource } from '../../packages/server/src/modules/chat/search/source.ts';
import { Indexer } from '../../packages/server/src/modules/search/index.ts';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { appOn, callAs } from '../lib/callers.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import { type Language, makeLanguage } from '../lib/language.ts';
import { type Latency, latencyRow, measure, summary } from '../lib/latency.ts';
import { withPatientClient } from '../lib/patient-client.ts';
import { postmaster } from '../lib/processes.ts';
import { table } from '../lib/stats.ts';
import { type FilledChat, fill } from './fill.ts';
import { queryKinds } from './queries.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '1000000' },
    calls: { type: 'string', default: '100' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Searching a year of messages: each kind of query, one call after the other, past the transports.');
  console.log('  --messages N  how many there are (1000000)\n  --calls N     of each kind (100)');
  console.log('  --keep DIR    fill a database there, or use the one that is there\n  --json        JSON');
  process.exit(0);
}

const count = Number(options.messages);
const progress = (text: string) => process.stderr.write(`${text}\n`);
const directory = options.keep ?? (await mkdtemp(path.join(tmpdir(), 'atrium-bench-')));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  const language = makeLanguage();
  const pids = [process.pid, (await postmaster(directory)).pid];
  const { chat, indexing } = await filled(language, pids);
  const size = await sizes();
  const app = await appOn(database, directory);
  const results: Latency[] = [];
  for (const { kind, by, query } of queryKinds(language, chat)) {
    progress(kind);
    const api = callAs(app, chat[by]);
    results.push(await measure(kind, Number(options.calls), pids, (at) => api.search.messages(query(at))));
  }
  report(results, indexing, size);
  await app.stop();
} finally {
  await database.close();
  if (options.keep === undefined) await rm(directory, { recursive: true, force: true });
}

interface Filled {
  chat: FilledChat;
  indexing: { perSecond: number; cpuPer1000: number };
}

/** Fills the database and the index, unless that was done before. */
async function filled(language: Language, pids: readonly number[]): Promise<Filled> {
  const notes = path.join(directory, 'filled.json');
  if (existsSync(notes)) return JSON.parse(await readFile(notes, 'utf8')) as Filled;
  progress(`Writing ${count} messages …`);
  const chat = await withPatientClient(database.url, (client) => fill(client, language, count));
  progress('Filling the index …');
  const before = { cpu: cpuSeconds(pids), at: performance.now() };
  await new Indexer({ database, source: messageSource, log }).catchUp();
  const perSecond = count / ((performance.now() - before.at) / 1000);
  const cpuPer1000 = ((cpuSeconds(pids) - before.cpu) / count) * 1000;
  await withPatientClient(database.url, (client) => client.query('vacuum analyze'));
  const result = { chat, indexing: { perSecond, cpuPer1000 } };
  await writeFile(notes, JSON.stringify(result));
  return result;
}

async function sizes(): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ name: string; size: string }>(`
    select relname as name, pg_size_pretty(pg_total_relation_size(oid)) as size
    from pg_class where relname in ('message', 'search_entry') order by relname`);
  return Object.fromEntries(rows.map(({ name, size }) => [name, size]));
}

function report(
  results: readonly Latency[],
  indexing: { perSecond: number; cpuPer1000: number },
  size: Record<string, string>,
): void {
  const together = {
    kind: 'all of these',
    cpu: mean(results),
    held: Math.max(...results.map(({ held }) => held)),
    ...summary(results.flatMap(({ all }) => all)),
  };
  const rows = [...results, together].map(({ all: _, ...row }) => row);
  if (options.json) {
    console.log(JSON.stringify({ messages: count, indexing, size, rows }, null, 2));
    return;
  }
  console.log(`${count} messages; the index takes ${indexing.perSecond.toFixed(0)}/s, `);
  console.log(`${indexing.cpuPer1000.toFixed(3)} CPU seconds for 1,000; sizes: ${JSON.stringify(size)}\n`);
  console.log(table(rows.map(latencyRow)));
}

function mean(results: readonly Latency[]): number {
  return results.reduce((sum, { cpu }) => sum + cpu, 0) / results.length;
}
