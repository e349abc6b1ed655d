import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportOffice, openImportOffice } from '../../src/modules/imports/test/office.ts';
import { inheritedEnv } from '../inherited-env.ts';
import { type Random, seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { until } from './harness/until.ts';
import { contentsOf } from './imports/contents.ts';
import { madeExports } from './imports/made-exports.ts';

const COMMAND = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const ROWS = shortOrLong(240, 2_400);
/** Rows are written so many at a time: after a kill, some are still missing. */
const BATCH = 50;
const KILLS = shortOrLong(3, 12);
const PASSPHRASE = ['--passphrase-file', 'phrase'];

let office: ImportOffice;
let cwd: string;
beforeAll(async () => {
  office = await openImportOffice();
  cwd = path.dirname(await office.file('phrase', 'seven words that nobody else would use\n'));
}, 180_000);
afterAll(() => office?.close());

const newWorkspace = async (name: string) => (await office.ann.call('workspaces.create', { name })).id;
const mapped = async (workspaceId: string, source: string) => {
  const text = 'select count(*)::int as n from import_mapping where workspace_id = $1 and source = $2';
  return (await office.query<{ n: number }>(text, [workspaceId, source]))[0]?.n ?? 0;
};

async function importInto(workspaceId: string, source: string, args: readonly string[]) {
  const { code, stderr, stdout } = await office.command(
    'import',
    source,
    ...args,
    '--workspace',
    workspaceId,
    '--json',
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { counts: Record<string, { created: number; 'left out': number }> };
}

/** Starts the import as a process of its own, and kills it once so much is written. */
async function killedAt(workspaceId: string, source: string, args: readonly string[], written: number): Promise<void> {
  const child = spawn(process.execPath, [COMMAND, 'import', source, ...args, '--workspace', workspaceId], {
    cwd,
    env: {
      ...inheritedEnv(),
      DATABASE_URL: office.app.database.url,
      DATA_DIR: path.join(cwd, 'data'),
      DEFAULT_TIMEZONE: 'Europe/Berlin',
      LOG_LEVEL: 'error',
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  const isFar = async () => child.exitCode !== null || (await mapped(workspaceId, source)) >= written;
  await until(isFar, allowedMs(60_000), 'it has written');
  expect(child.exitCode, 'it was killed before its end').toBeNull();
  child.kill('SIGKILL');
  await ended;
  const connections = `select from pg_stat_activity
    where datname = current_database() and application_name = 'atrium command'`;
  await until(
    async () => (await office.query(connections)).length === 0,
    allowedMs(10_000),
    'its connections are gone',
  );
}

/** Imports the same into two workspaces, once without and once with interruptions, and compares them. */
async function compare(source: string, args: readonly string[], random: Random): Promise<string> {
  const whole = await newWorkspace(`Whole ${source}`);
  const first = await importInto(whole, source, args);
  const rows = await mapped(whole, source);
  const killed = await newWorkspace(`Killed ${source}`);
  const left: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const from = left.at(-1) ?? 0;
    const step = Math.floor((random() * (rows - BATCH - from)) / (KILLS - kill));
    await killedAt(killed, source, args, Math.max(1, from + step));
    left.push(await mapped(killed, source));
  }
  report(`killed imports of ${source}`, { rows, left });
  expect(left.at(-1)).toBeLessThan(rows);
  const last = await importInto(killed, source, args);
  expect(Object.values(last.counts).map((count) => count['left out'])).toEqual(
    Object.values(first.counts).map((count) => count['left out']),
  );
  expect(await mapped(killed, source)).toBe(rows);
  const contents = await contentsOf(office, killed);
  expect(contents).toEqual(await contentsOf(office, whole));
  const again = await importInto(killed, source, args);
  expect(Object.values(again.counts).filter(({ created }) => created > 0)).toEqual([]);
  expect(await contentsOf(office, killed)).toEqual(contents);
  return whole;
}

describe('an import that is killed again and again is completed by the next one: nothing double, nothing lost', () => {
  const random = seededRandom('imports are killed');
  let exported: string;

  it.each(madeExports(ROWS))(
    'of $source',
    async ({ content, flags, name, source }) => {
      const file = await office.file(name, await content());
      const workspaceId = await compare(source, [file, ...flags], random);
      const { comments, messages, tasks, time } = await contentsOf(office, workspaceId);
      expect(comments.length + messages.length + tasks.length + time.length).toBeGreaterThan(ROWS * 0.7);
      if (source === 'mattermost') exported = workspaceId;
    },
    240_000,
  );

  it('of another workspace, with its shop', async () => {
    const { ann } = office;
    const basics = { workspaceId: exported, price: 100, currency: 'EUR', stock: 1_000 };
    const ids: string[] = [];
    for (let at = 0; at < 20; at += 1) {
      ids.push((await ann.call('products.create', { ...basics, name: `Seeds ${at}` })).id);
    }
    for (let at = 0; at < ROWS / 4; at += 1) {
      const items = [{ productId: ids[at % ids.length] ?? '', quantity: 1 + (at % 3) }];
      const { id: orderId } = await ann.call('orders.place', { workspaceId: exported, items, note: `Order ${at}` });
      if (at % 2 === 0) await ann.call('orders.update', { orderId, status: at % 4 === 0 ? 'processing' : 'cancelled' });
    }
    await ann.call('products.delete', { productId: ids[0] ?? '' });
    const made = await office.command('export', 'workspace.export', '--workspace', exported, ...PASSPHRASE);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    const workspaceId = await compare('atrium', ['workspace.export', ...PASSPHRASE], random);
    expect((await contentsOf(office, workspaceId)).orders).toHaveLength(Math.ceil(ROWS / 4));
  }, 240_000);
});
