// npm run bench:reminders [-- --json] [--planned 1000000] [--plan 100000] [--idle 30]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pino from 'pino';
import type { App } from '../../packages/server/src/app.ts';
import { planDeliveries } from '../../packages/server/src/modules/notifications/index.ts';
import { startSweeper } from '../../packages/server/src/modules/notifications/ledger/sweeper.ts';
import { migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { newId } from '../../packages/server/src/platform/new-id.ts';
import { appOn, callAs } from '../lib/callers.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import { withPatientClient } from '../lib/patient-client.ts';
import { postmaster } from '../lib/processes.ts';
import { table } from '../lib/stats.ts';
import { fill, PLAIN, planPlainly, someone } from './planned.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    planned: { type: 'string', default: '1000000' },
    plan: { type: 'string', default: '100000' },
    idle: { type: 'string', default: '30' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('What it costs to plan deliveries in the ledger, and to find that none of very many is due.');
  console.log('  --planned N  deliveries that are there already, all for later (1000000)');
  console.log('  --plan N     that are planned (100000)');
  console.log('  --idle N     seconds for which the sweeper finds nothing (30)\n  --json       JSON');
  process.exit(0);
}

/** So many are planned in one statement, as when the digests of many people are. */
const AT_ONCE = 1_000;
const COMMANDS = 500;
/** The first statements of a connection cost more. */
const SETTLE_MS = 5_000;
const DAY_MS = 86_400_000;
const count = Number(options.plan);
const idleSeconds = Number(options.idle);

/** Plans in the ledger, each reminder with one delivery. */
async function planInLedger(app: App, accountId: string): Promise<void> {
  const due = Date.now() + DAY_MS;
  const wanted = Array.from({ length: AT_ONCE }, (_, n) => {
    const dueAt = new Date(due + n * 1_000);
    const usefulUntil = new Date(due + 30 * DAY_MS);
    const subject = newId();
    return {
      kind: 'reminder',
      subject,
      accountId,
      occurrence: dueAt.toISOString(),
      channel: 'app' as const,
      dueAt,
      usefulUntil,
    };
  });
  await app.transact({ actorId: null }, (work) => planDeliveries(work, wanted));
}

/** What one node's sweeper costs while nothing is due, the database included, in percent of a core. */
async function measureIdle(): Promise<number> {
  const clock = { steadyNow: () => new Date() };
  const transact = () => Promise.reject(new Error('nothing is due'));
  const stop = startSweeper({ clock, database, handlers: () => new Map(), log, transact });
  await sleep(SETTLE_MS);
  // The database is a child of this process.
  const before = cpuSeconds([process.pid]);
  await sleep(idleSeconds * 1_000);
  const percent = ((cpuSeconds([process.pid]) - before) / idleSeconds) * 100;
  await stop();
  return percent;
}

/** Microseconds of the database's CPU for each reminder, in several ways. */
async function measurePlanning(app: App, userId: string, pid: number) {
  const measure = async (each: number, times: number, work: () => Promise<unknown>): Promise<number> => {
    await work();
    const before = cpuSeconds([pid]);
    for (let n = 0; n < times; n += 1) await work();
    return Math.round(((cpuSeconds([pid]) - before) / (each * times)) * 1e7) / 10;
  };
  const times = count / AT_ONCE;
  const scheduledAt = new Date(Date.now() + 7 * DAY_MS).toISOString();
  const create = () => callAs(app, userId).reminders.create({ scheduledAt, message: 'Water the plants' });
  return [
    {
      what: `planned in the ledger, ${AT_ONCE} at once`,
      us: await measure(AT_ONCE, times, () => planInLedger(app, userId)),
    },
    {
      what: 'a row of a plain server, as many at once',
      us: await measure(AT_ONCE, times, () => planPlainly(database, userId, AT_ONCE)),
    },
    { what: 'the whole command, one by one', us: await measure(1, COMMANDS, create) },
  ];
}

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  const userId = await withPatientClient(database.url, async (client) => {
    const id = await someone(client);
    await client.query(PLAIN);
    await fill(client, id, Number(options.planned));
    return id;
  });
  const { pid } = await postmaster(directory);
  const idlePercent = await measureIdle();
  const app = await appOn(database, directory);
  const planning = await measurePlanning(app, userId, pid);
  const rows = planning.map(({ what, us }) => ({ what, 'µs of database for each': us }));
  if (options.json) console.log(JSON.stringify({ planned: Number(options.planned), idlePercent, planning }, null, 2));
  else {
    console.log(table(rows));
    console.log(`\n${options.planned} planned, nothing due: ${idlePercent.toFixed(2)} % of a core for a sweeper`);
  }
  const [ledger] = planning;
  if (idlePercent >= 1 || (ledger?.us ?? 0) > 15) process.exitCode = 1;
  await app.stop();
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
