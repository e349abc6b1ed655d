// npm run bench:presence [-- --people 2000] [--rounds 3] [--json]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { createApp } from '../../packages/server/src/app.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import { openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import { postmaster } from '../lib/processes.ts';
import { table } from '../lib/stats.ts';
import { WireClient } from '../lib/wire-client.ts';
import { makePeople, type Someone } from './people.ts';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(
    'Presence events that people hear, and what it costs, while everyone comes and reconnects over and over.',
  );
  console.log('  --people N   one connection each, in workspaces of 100 (2000)\n  --rounds N   reconnects of each (3)');
  process.exit(0);
}

const people = Number(options.people);
const rounds = Number(options.rounds);
const perWorkspace = 100;
/** Longer than anything is held back. */
const QUIET_MS = 5_000;
const AT_ONCE = 100;
const PRESENCE = Buffer.from('42["presence:changed"');

const directory = await mkdtemp(path.join(tmpdir(), 'atrium-bench-'));
const log = pino({ level: 'silent' });
const database = await openDatabase({ dataDir: directory, log });
const app = await createApp(readConfig({ DATA_DIR: directory, PORT: '0' }), log, { database });
const port = Number(new URL(await app.listen()).port);
const everyone = await makePeople(database, directory, { people, perWorkspace });

let heard = 0;
const open = new Map<string, WireClient>();

async function connect({ userId, token }: Someone): Promise<void> {
  const client = await WireClient.connect(
    port,
    { token },
    {
      onEvent(payload) {
        if (payload.subarray(0, PRESENCE.length).equals(PRESENCE)) heard += 1;
      },
      onAck: () => undefined,
    },
  );
  open.set(userId, client);
}

async function reconnect(someone: Someone): Promise<void> {
  open.get(someone.userId)?.close();
  await connect(someone);
}

/** Does something for everyone, so many at a time. */
async function forEveryone(work: (someone: Someone) => Promise<void>): Promise<void> {
  const waiting = [...everyone];
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Row extends Record<string, string | number> {
  phase: string;
  'connections made': number;
  seconds: number;
  'CPU ms a connection': number;
  'events heard': number;
  'events heard a person': number;
  'without coalescing, a person': number;
}
const rows: Row[] = [];

/** The server with its database, and the clients, which cost little. */
const pids = [process.pid, (await postmaster(directory)).pid];

/** @param naive what each person would hear of every connection that opens or closes, one by one */
async function measure(phase: string, made: number, naive: number, work: () => Promise<void>): Promise<void> {
  heard = 0;
  const [began, before] = [performance.now(), cpuSeconds(pids)];
  await work();
  const seconds = (performance.now() - began) / 1_000;
  await sleep(QUIET_MS);
  rows.push({
    phase,
    'connections made': made,
    seconds: Number(seconds.toFixed(1)),
    'CPU ms a connection': Number((((cpuSeconds(pids) - before) * 1_000) / made).toFixed(2)),
    'events heard': heard,
    'events heard a person': Number((heard / people).toFixed(2)),
    'without coalescing, a person': naive,
  });
}

try {
  await measure('everyone comes', people, perWorkspace, () => forEveryone(connect));
  await measure(`everyone reconnects ${rounds} times`, people * rounds, 2 * perWorkspace * rounds, async () => {
    for (let round = 0; round < rounds; round++) await forEveryone(reconnect);
  });
  console.log(options.json ? JSON.stringify(rows) : table(rows));
  const storm = rows.at(-1);
  // Whoever was away for longer than the grace while the machine was busy may be told of, once each way.
  if ((storm?.['events heard a person'] ?? 0) > 2 * perWorkspace) process.exitCode = 1;
} finally {
  for (const client of open.values()) client.close();
  await app.stop();
  await rm(directory, { recursive: true, force: true });
}
