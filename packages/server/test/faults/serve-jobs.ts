import process from 'node:process';
import pino from 'pino';
import { z } from 'zod';
import { openDatabase } from '../../src/platform/database/index.ts';
import { createJobs, defineJob, type JobLock } from '../../src/platform/jobs/index.ts';
import { createMailer } from '../../src/platform/mail/index.ts';

/**
 * A node that only runs jobs, on the database of its first argument: jobs that end its process, jobs that block it, and
 * the mailer, which blocks it as well. Prints each effect, and the number of jobs it took over, on a separate line.
 */
const [url = '', lock = '{}', blockMs = '0'] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const log = pino({ level: 'silent' });
const database = await openDatabase({ url, dataDir: '', log });
const data = z.strictObject({ id: z.string(), crashes: z.int() });

/** Records that a job runs. @returns how often it has run by now */
async function begin(id: string): Promise<number> {
  const { rows } = await database.pool.query<{ runs: number }>(
    'insert into run values ($1, 1) on conflict (id) do update set runs = run.runs + 1 returning runs',
    [id],
  );
  return rows[0]?.runs ?? 0;
}

function block(): void {
  for (const end = performance.now() + Number(blockMs); performance.now() < end; );
}

const crashJob = defineJob('test.crash', data).handledBy(async ({ id, crashes }) => {
  // Other running jobs have time to finish in the process that it ends.
  if ((await begin(id)) <= crashes) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
  else return say(`effect ${id}`);
  await new Promise(() => undefined);
});
const bareJob = defineJob('test.bare', data).handledBy(async ({ id }) => {
  const isFirst = (await begin(id)) === 1;
  say(`began ${id}`);
  if (isFirst) block();
  say(`effect ${id}`);
});
const mailer = createMailer({
  clock: { steadyNow: () => new Date() },
  database,
  log,
  addJobs: (tx, jobs) => system.addJobs(tx, jobs),
  sendMs: 3 * Number(blockMs) + 1_000,
  print() {
    say('began mail');
    block();
    say('effect mail');
  },
});
const system = await createJobs({
  database,
  log,
  clock: { offsetMs: () => 0 },
  owners: [{ name: 'test', jobs: [crashJob, bareJob] }, mailer],
  lock: JSON.parse(lock) as JobLock,
  async givenUp({ name, reason }) {
    say(`given up ${name}: ${reason}`);
  },
});
await system.start();
say('ready');
let stalled = 0;
setInterval(() => {
  if (system.status().stalled > stalled) say('took over');
  stalled = system.status().stalled;
}, 50);
