import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import pino from 'pino';
import { startEmbeddedServer } from '../src/platform/database/embedded/index.ts';

/**
 * Keeps the test run's PostgreSQL, in a process of its own session: prints its connection string as one JSON line and
 * lives until its standard input ends. That happens when the run is over and also when it is killed or interrupted,
 * so nothing is left behind either way.
 */
const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-test-'));

const server = await startEmbeddedServer({
  dataDir: path.join(directory, 'data'),
  log: pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })),
  // Whatever the unprivileged user cannot reach is copied here too, and so removed with the rest.
  sharedRoots: [directory, '/var/tmp'],
  // A throw-away cluster: what a power loss would destroy is never needed again.
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
}).catch(async (error: unknown) => {
  await rm(directory, { recursive: true, force: true });
  throw error;
});

process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.stdin.on('end', async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  process.exit(0);
});
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
