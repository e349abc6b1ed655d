// npm run bench:history [-- --json] [--messages 1000000] [--calls 500] [--keep directory]
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { appOn, callAs } from '../lib/callers.ts';
import type { ChatData } from '../lib/chat-data.ts';
import { type Latency, latencyRow, measure } from '../lib/latency.ts';
import { withPatientClient } from '../lib/patient-client.ts';
import { postmaster } from '../lib/processes.ts';
import { seeded } from '../lib/random.ts';
import { table } from '../lib/stats.ts';
import { fill } from './fill.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '1000000' },
    calls: { type: 'string', default: '500' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(
    'A page of 50 from anywhere in a large table of messages, one call after the other, past the transports.',
  );
  console.log('  --messages N  how many there are (1000000; the goal is set for 10000000)');
  console.log('  --calls N     of each kind (500)');
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
  const { conversationIds, everywhere } = await filled();
  const app = await appOn(database, directory);
  const { messages } = callAs(app, everywhere);
  const random = seeded(17);
  const last = Math.floor(count / conversationIds.length);
  const anywhere = () => 1 + Math.floor(random() * last);
  const kinds: [string, () => object][] = [
    ['the latest', () => ({})],
    ['before', () => ({ before: anywhere() })],
    ['after', () => ({ after: anywhere() })],
    ['around', () => ({ around: anywhere() })],
  ];
  const pids = [process.pid, (await postmaster(directory)).pid];
  const results: Latency[] = [];
  for (const [kind, range] of kinds) {
    const page = () => {
      const conversationId = conversationIds[Math.floor(random() * conversationIds.length)] ?? '';
      return messages.list({ conversationId, limit: 50, ...range() });
    };
    results.push(await measure(kind, Number(options.calls), pids, page));
  }
  const rows = results.map(({ all: _, ...row }) => row);
  if (options.json) console.log(JSON.stringify({ messages: count, rows }, null, 2));
  else console.log(`A page of 50 out of ${count} messages\n\n${table(rows.map(latencyRow))}`);
  await app.stop();
} finally {
  await database.close();
  if (options.keep === undefined) await rm(directory, { recursive: true, force: true });
}

/** Fills the database, unless that was done before. */
async function filled(): Promise<ChatData> {
  const notes = path.join(directory, 'filled.json');
  if (existsSync(notes)) return JSON.parse(await readFile(notes, 'utf8')) as ChatData;
  const data = await withPatientClient(database.url, (client) =>
    fill(client, count, (done) => progress(`${done} of ${count} messages`)),
  );
  await writeFile(notes, JSON.stringify(data));
  return data;
}
