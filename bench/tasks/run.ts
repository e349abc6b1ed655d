// npm run bench:tasks [-- --json] [--tasks 100000] [--calls 500]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { appOn, callAs } from '../lib/callers.ts';
import { type Latency, latencyRow, measure } from '../lib/latency.ts';
import { withPatientClient } from '../lib/patient-client.ts';
import { postmaster } from '../lib/processes.ts';
import { seeded } from '../lib/random.ts';
import { table } from '../lib/stats.ts';
import { fill } from './fill.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    tasks: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '500' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Lists of 50 tasks in a workspace of 200 people, one call after the other, past the transports.');
  console.log('  --tasks N  how many there are (100000)');
  console.log('  --calls N  of each kind (500)\n  --json     JSON');
  process.exit(0);
}

const count = Number(options.tasks);
const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  const { workspaceId, people, guest, labelId } = await withPatientClient(database.url, (client) =>
    fill(client, count),
  );
  const app = await appOn(database, directory);
  const random = seeded(17);
  const someone = () => people[Math.floor(random() * people.length)] ?? '';
  const board = { workspaceId, scope: 'visible', limit: 50 } as const;
  type List = Parameters<ReturnType<typeof callAs>['tasks']['list']>[0];
  const kinds: [string, List, string?][] = [
    ['mine, by due date', { limit: 50 }],
    ['the board, by due date', { ...board, sort: 'due' }],
    ['a column, by hand', { ...board, status: 'todo', sort: 'manual' }],
    ['the latest', { ...board, sort: 'created' }],
    ['by priority', { ...board, sort: 'priority' }],
    ['by title', { ...board, sort: 'title' }],
    ['of a category', { ...board, category: 'Category 7', sort: 'due' }],
    ['overdue', { ...board, overdue: true, sort: 'due' }],
    ['with a label', { ...board, labelId, sort: 'created' }],
    ['with part of a title', { ...board, q: 'abcd', sort: 'due' }],
    ['of a guest', { ...board, sort: 'due' }, guest],
  ];
  const pids = [process.pid, (await postmaster(directory)).pid];
  const results: Latency[] = [];
  const listOf = (query: List, viewer?: string) => callAs(app, viewer ?? someone()).tasks.list(query);
  // Compiles the code that they share: otherwise the first kind pays for it.
  for (const [, query, viewer] of kinds) for (let at = 0; at < 50; at += 1) await listOf(query, viewer);
  for (const [kind, query, viewer] of kinds) {
    results.push(await measure(kind, Number(options.calls), pids, () => listOf(query, viewer)));
  }
  const deep = async () => {
    const api = callAs(app, someone());
    let cursor: string | null = null;
    for (let page = 0; page < 5; page += 1) {
      const { nextCursor }: { nextCursor: string | null } = await api.tasks.list({
        ...board,
        sort: 'due',
        ...(cursor === null ? {} : { cursor }),
      });
      cursor = nextCursor;
    }
  };
  results.push(await measure('five pages in a row', Math.ceil(Number(options.calls) / 5), pids, deep));
  const rows = results.map(({ all: _, ...row }) => row);
  if (options.json) console.log(JSON.stringify({ tasks: count, rows }, null, 2));
  else console.log(`Lists of 50 out of ${count} tasks\n\n${table(rows.map(latencyRow))}`);
  await app.stop();
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
