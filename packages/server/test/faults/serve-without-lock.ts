import process from 'node:process';
import pino from 'pino';
import { ensureCluster } from '../../src/platform/database/embedded/cluster.ts';
import { loadPassword } from '../../src/platform/database/embedded/password.ts';
import { decidePlacement } from '../../src/platform/database/embedded/placement.ts';
import { ensureServer } from '../../src/platform/database/embedded/server.ts';

/** The control for serve.ts: the same steps without the lock, so every process believes that it owns the database. */
const log = pino({ level: 'silent' });
const placement = await decidePlacement({ dataDir: process.argv[2] ?? '', log });
const password = await loadPassword(placement.dataDir, true);
await ensureCluster(placement, password, log);
await ensureServer({ placement, password, log });
process.stdout.write(`${JSON.stringify({ event: 'ready', pid: process.pid })}\n`);
setInterval(() => undefined, 1_000);
