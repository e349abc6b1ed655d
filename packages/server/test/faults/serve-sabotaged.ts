import process from 'node:process';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log/index.ts';

/** What is to go wrong in a server on purpose; each part may be left out. */
export interface Sabotage {
  /** Dies when the n-th batch (from 1) is committed, before anyone hears of it. */
  dieAtCommit?: number;
  /** Dies when so many objects of files are in the storage. */
  dieAfterObjects?: number;
  /** Readers are never cut, however much waits for them. */
  endlessPatience?: boolean;
  /** Every refused handshake is told to the client as final. */
  finalRefusals?: boolean;
  /** Another rhythm of asking who is still there. */
  heartbeat?: AppOptions['heartbeat'];
  /** Files are shown before they are in the storage. */
  showsFirst?: boolean;
}

/** The program with something wrong: `node serve-sabotaged.ts <data directory> <Sabotage as JSON>`. */
const { dieAfterObjects, dieAtCommit, endlessPatience, finalRefusals, heartbeat, showsFirst } = JSON.parse(
  process.argv[3] ?? '{}',
) as Sabotage;
const config = readConfig(process.env);
const endless = { bytes: Number.POSITIVE_INFINITY, packets: Number.POSITIVE_INFINITY };
const app = await createApp(config, createLog(config.logLevel), {
  heartbeat,
  finalRefusals,
  ...(endlessPatience ? { patience: endless, mostUnreadBytes: endless.bytes } : {}),
});
if (dieAtCommit !== undefined) dieAt(app, dieAtCommit);
if (dieAfterObjects !== undefined) dieAfter(app, dieAfterObjects, showsFirst ?? false);
process.once('SIGTERM', () => app.stop().then(() => process.exit(0)));
const url = await app.listen();
process.stdout.write(`Atrium is ready at ${url}\n`);

/** Between the commit and the first word about it: the moment in which nobody but the database knows. */
function dieAt({ database: { pool }, hub }: App, commit: number): void {
  let commits = 0;
  const count = () => {
    commits += 1;
    if (commits === commit) process.kill(process.pid, 'SIGKILL');
  };
  // Commands tell before they answer.
  const { committed } = hub;
  hub.committed = (events) => {
    if (events.some(({ type }) => type !== 'message:receive')) count();
    committed(events);
  };
  // Messages are answered before they are told; they are committed by one statement.
  const query = pool.query.bind(pool) as (statement: unknown, values?: unknown) => Promise<unknown>;
  const counting = async (statement: { name?: string }, values?: unknown) => {
    const result = await query(statement, values);
    if (statement.name?.startsWith('write-messages')) count();
    return result;
  };
  Object.assign(pool, { query: counting });
}

/** While files are moved from where they were received into the storage. */
function dieAfter({ database: { pool }, storage }: App, objects: number, showsFirst: boolean): void {
  const put = storage.put.bind(storage);
  let stored = 0;
  storage.put = async (key, file) => {
    if (showsFirst) await pool.query('update attachment set stored = true, task_id = (select id from task limit 1)');
    await put(key, file);
    stored += 1;
    if (stored === objects) process.kill(process.pid, 'SIGKILL');
  };
}
