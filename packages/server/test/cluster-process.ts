import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import pino from 'pino';
import { startEmbeddedServer } from '../src/platform/database/embedded/index.ts';

/**
 * Runs the PostgreSQL of a test run, in a process with its own session: prints its connection string as one JSON line
 * and runs until its standard input ends. That happens when the run is over and also when it is killed or interrupted,
 * so nothing is left behind in either case.
 */
const directory = await realpath(await mkdtemp(path.join(os.tmpdir(), 'atrium-test-')));
// If root runs the tests, the server's user must be able to pass through.
await chmod(directory, 0o711);
const dataDir = path.join(directory, 'data');

async function removeAll(): Promise<void> {
  const cluster = await realpath(path.join(dataDir, 'database')).catch(() => directory);
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };
  if (!cluster.startsWith(directory)) await rm(path.dirname(cluster), options);
  await rm(directory, options);
}

const server = await startEmbeddedServer({
  dataDir,
  log: pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })),
  // What the unprivileged user cannot reach is copied here too, and so deleted with the rest.
  sharedRoots: [directory, '/var/tmp'],
  // A temporary cluster: data need not survive a power loss.
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
}).catch(async (error: unknown) => {
  await removeAll();
  throw error;
});

process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.stdin.on('end', async () => {
  await server.stop();
  await removeAll();
  process.exit(0);
});
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
