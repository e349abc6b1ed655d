import process from 'node:process';
import pino from 'pino';
import { openDatabase } from '../../src/platform/database/index.ts';

/**
 * A process that opens the database of a data directory and serves forever, printing one JSON line when it is ready. `{
 * "event": "refused" }` and exit code 1 if it may not use it. SIGTERM closes it normally.
 */
const [dataDir = '', level = 'silent'] = process.argv.slice(2);

function report(event: string, details: object = {}): void {
  process.stdout.write(`${JSON.stringify({ event, pid: process.pid, ...details })}\n`);
}

try {
  const log = pino({ level }, pino.destination({ dest: 2, sync: true }));
  const database = await openDatabase({ dataDir, log });
  database.onDown(() => report('down'));
  database.onUp(() => report('up'));
  process.once('SIGTERM', () => database.close().then(() => process.exit(0)));
  report('ready', { url: database.url });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  report('refused', { name, message });
  process.exitCode = 1;
}
