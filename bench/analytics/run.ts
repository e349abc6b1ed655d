// npm run bench:analytics [-- --json] [--tasks 10000] [--completions 50000] [--days 5000] [--calls 1000] [--messages 1000000]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { appOn, callAs } from '../lib/callers.ts';
import { latencyRow, measure } from '../lib/latency.ts';
import { withPatientClient } from '../lib/patient-client.ts';
import { postmaster } from '../lib/processes.ts';
import { table } from '../lib/stats.ts';
import { fill } from './fill.ts';
import { measureWorkspace } from './workspace.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    tasks: { type: 'string', default: '10000' },
    completions: { type: 'string', default: '50000' },
    days: { type: 'string', default: '5000' },
    calls: { type: 'string', default: '1000' },
    messages: { type: 'string', default: '1000000' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Analytics of one person who has done much, and of a workspace of 200 people in its last year.');
  console.log('One call after the other, past the transports.');
  console.log('  --tasks N        that they are a member of (10000)');
  console.log('  --completions N  in their log (50000)\n  --days N         over which those are spread (5000)');
  console.log('  --calls N        of each kind (1000)\n  --messages N     in the workspace (1000000)');
  console.log('  --json           JSON');
  process.exit(0);
}

const much = {
  tasks: Number(options.tasks),
  completions: Number(options.completions),
  days: Number(options.days),
};
const busy = {
  people: 200,
  conversations: 2_000,
  messages: Number(options.messages),
  completions: 20_000,
  entries: 50_000,
};
const calls = Number(options.calls);
const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  const userId = await withPatientClient(database.url, (client) => fill(client, much));
  const app = await appOn(database, directory);
  const api = callAs(app, userId);
  const pids = [process.pid, (await postmaster(directory)).pid];
  const today = new Date().toISOString().slice(0, 10);
  const yearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
  const { id: taskId } = await api.tasks.create({ title: 'Water the plants' });
  const toggle = (at: number) => api.tasks.update({ taskId, status: at % 2 === 0 ? 'completed' : 'todo' });
  const few = Math.ceil(calls / 20);
  const personal = [
    await measure('analytics, days not counted yet', few, pids, () => api.analytics.get({})),
    await measure('completing and reopening a task', few, pids, toggle),
    await measure('analytics', calls, pids, () => api.analytics.get({})),
    await measure('a year by days', few, pids, () => api.analytics.days({ from: yearAgo, to: today })),
  ];
  const workspace = await measureWorkspace({ app, database, busy, calls: few }, pids);
  const rows = [...personal, ...workspace.rows].map(({ all: _, ...row }) => row);
  if (options.json) console.log(JSON.stringify({ ...much, busy, countingMs: workspace.countingMs, rows }, null, 2));
  else {
    console.log(`${much.tasks} tasks, ${much.completions} completions on ${much.days} days`);
    console.log(
      `workspace: ${Object.entries(busy)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}\n`,
    );
    console.log(table(rows.map(latencyRow)));
    console.log(`\ncounting 1,000 messages: ${workspace.countingMs.toFixed(1)} CPU ms`);
  }
  await app.stop();
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
