import process from 'node:process';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log/index.ts';

/** Faults to inject into a server; each is optional. */
export interface Sabotage {
  /** Exits when the n-th batch (from 1) is committed, before it is announced. */
  dieAtCommit?: number;
  /** Exits when this many objects of files are in the storage. */
  dieAfterObjects?: number;
  /** Slow readers are never disconnected, whatever their backlog. */
  endlessPatience?: boolean;
  /** Every refused handshake is told to the client as final. */
  finalRefusals?: boolean;
  /** Sockets are sent what an event says they follow, without asking whether that still holds. */
  followsUnasked?: boolean;
  /** Other heartbeat settings. */
  heartbeat?: AppOptions['heartbeat'];
  /** Files are shown before they are in the storage. */
  showsFirst?: boolean;
}

/** The server with faults: `node serve-sabotaged.ts <data directory> <Sabotage as JSON>`. */
const { dieAfterObjects, dieAtCommit, endlessPatience, finalRefusals, followsUnasked, heartbeat, showsFirst } =
  JSON.parse(process.argv[3] ?? '{}') as Sabotage;
const config = readConfig(process.env);
const endless = { bytes: Number.POSITIVE_INFINITY, packets: Number.POSITIVE_INFINITY };
const app = await createApp(config, createLog(config.logLevel), {
  heartbeat,
  finalRefusals,
  ...(endlessPatience ? { patience: endless, mostUnreadBytes: endless.bytes } : {}),
});
if (dieAtCommit !== undefined) dieAt(app, dieAtCommit);
if (followsUnasked)
  Object.assign(app.connections, { readable: async (_: string, streams: string[]) => new Set(streams) });
if (dieAfterObjects !== undefined) dieAfter(app, dieAfterObjects, showsFirst ?? false);
process.once('SIGTERM', () => app.stop().then(() => process.exit(0)));
const url = await app.listen();
process.stdout.write(`Atrium is ready at ${url}\n`);

/** Between the commit and the first message about it, when only the database knows. */
function dieAt({ database: { pool }, hub }: App, commit: number): void {
  let commits = 0;
  const count = () => {
    commits += 1;
    if (commits === commit) process.kill(process.pid, 'SIGKILL');
  };
  // Commands announce before they answer.
  const { committed } = hub;
  hub.committed = (events) => {
    if (events.some(({ type }) => type !== 'message:receive')) count();
    committed(events);
  };
  // Messages are answered before they are announced; one statement commits them.
  const query = pool.query.bind(pool) as (statement: unknown, values?: unknown) => Promise<unknown>;
  const counting = async (statement: { name?: string }, values?: unknown) => {
    const result = await query(statement, values);
    if (statement.name?.startsWith('write-messages')) count();
    return result;
  };
  Object.assign(pool, { query: counting });
}

/** While files are moved from the incoming directory into the storage. */
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
