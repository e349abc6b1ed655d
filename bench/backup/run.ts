// npm run bench:backup [-- --gigabytes 1] [--directory DIR] [--json]
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { databaseSize, migrate, openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { openStorage } from '../../packages/server/src/platform/storage/index.ts';
import { appOn } from '../lib/callers.ts';
import { postmaster } from '../lib/processes.ts';
import { table } from '../lib/stats.ts';
import { type Run, run } from './command.ts';
import { fill } from './fill.ts';

const { values: options } = parseArgs({
  options: {
    gigabytes: { type: 'string', default: '1' },
    directory: { type: 'string', default: tmpdir() },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log('Speed, CPU and memory of "atrium backup" and "atrium restore --check" on an instance of made data.');
  console.log('  --gigabytes N    messages and files together (1); four times as much has to be free');
  console.log('  --directory DIR  where to (the one for temporary files)\n  --json           JSON');
  process.exit(0);
}

const GB = 1_000_000_000;
const MB = 1_000_000;
const bytes = Number(options.gigabytes) * GB;
const progress = (text: string) => process.stderr.write(`${text}\n`);
const { bavail, bsize } = await statfs(options.directory);
if (bavail * bsize < bytes * 4) {
  console.error(`${options.directory} has ${Math.floor((bavail * bsize) / GB)} GB free, which is too little.`);
  process.exit(1);
}

const directory = await mkdtemp(path.join(options.directory, 'atrium-bench-'));
const log = pino({ level: 'silent' });
let database = await openDatabase({ dataDir: directory, log });
try {
  await migrate(database, { log });
  // The program makes the schema of the job queue, and closes the database when it ends.
  await (await appOn(database, directory)).stop();
  database = await openDatabase({ dataDir: directory, log });
  const env = {
    DATA_DIR: directory,
    DATABASE_URL: database.url,
    BACKUP_PASSPHRASE: 'seven words that nobody else would use',
    LOG_LEVEL: 'error',
  };
  const { pid } = await postmaster(directory);
  progress(`making ${options.gigabytes} GB`);
  const storage = await openStorage({ dataDir: directory, s3Url: undefined });
  const client = await database.pool.connect();
  const filled = await fill(client, storage, bytes);
  await client.query('checkpoint');
  client.release();
  const size = await databaseSize(database.db);

  const file = path.join(directory, 'all.backup');
  progress('backup');
  const backup = await run(['backup', file], env, pid);
  progress('restore --check');
  const check = await run(['restore', file, '--check'], env, pid);

  const rows = [rowOf('backup', backup), rowOf('restore --check', check)];
  const written = Number(backup.result.bytes);
  if (options.json) console.log(JSON.stringify({ bytes, ...filled, databaseBytes: size, written, rows }, null, 2));
  else {
    const about = `${filled.messages} messages, ${filled.files} files; the database has ${(size / MB).toFixed(0)} MB`;
    console.log(`${about}, the backup ${(written / MB).toFixed(0)} MB\n\n${table(rows)}`);
  }
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}

function rowOf(what: string, { cpu, databaseCpu, peakBytes, seconds }: Run) {
  return {
    what,
    seconds: seconds.toFixed(1),
    'MB/s': (bytes / MB / seconds).toFixed(1),
    'CPU s': cpu.toFixed(1),
    'CPU s of the database': databaseCpu.toFixed(1),
    'peak memory MB': (peakBytes / MB).toFixed(0),
  };
}
