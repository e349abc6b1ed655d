import path from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { unprivilegedAccount } from '../../src/platform/database/embedded/account.ts';
import { findBinaries, program } from '../../src/platform/database/embedded/binaries.ts';
import { canRunBinaries } from '../../src/platform/database/embedded/reach.ts';
import { run } from '../../src/platform/database/embedded/run.ts';
import { bareStart, usableBinaries } from './cluster.ts';
import { freePort } from './harness/work-directory.ts';
import { serve, temporaryDirectory } from './processes.ts';

const WORDS = ['Größe', '日本', '🎉', 'grosse', 'Zebra', 'ähnlich', 'apfel', 'École', 'ecole', 'GRÖSSE'];
const root = process.geteuid?.() === 0;
const account = root ? await unprivilegedAccount() : undefined;
/** Root's clone may be where no other user can read it; then that user cannot run it at all. */
const othersCanRun = account !== undefined && (await canRunBinaries((await findBinaries()).native, account));

interface Findings {
  encoding: string;
  timezone: string;
  collation: string;
  text: string;
  sorted: string[];
  found: string[];
  lower: string;
}

async function examine(env: NodeJS.ProcessEnv, user?: { uid: number; gid: number }): Promise<Findings> {
  const dataDir = path.join(await temporaryDirectory(user), 'data');
  const server = serve(dataDir, { env, ...(user && { user }) });
  const { url = '' } = await server.next('ready');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const one = async (text: string, values: unknown[] = []): Promise<string[]> => {
    const { rows } = await client.query<{ value: string }>(text, values);
    return rows.map((row) => row.value);
  };
  await client.query('create table word (value text)');
  await client.query('insert into word select unnest($1::text[])', [WORDS]);
  const findings: Findings = {
    encoding: (
      await one('show server_encoding as value').catch(() => one(`select current_setting('server_encoding') as value`))
    )[0]!,
    timezone: (await one(`select current_setting('timezone') as value`))[0]!,
    collation: (
      await one('select datlocale || datcollate as value from pg_database where datname = current_database()')
    )[0]!,
    text: (await one('select $1::text as value', ['Größe 日本 🎉']))[0]!,
    sorted: await one('select value from word order by value'),
    found: await one(
      `select value from word where value ilike 'grö%' or to_tsvector('simple', value) @@ to_tsquery('simple', 'größe') order by value`,
    ),
    lower: (await one(`select lower('GRÖSSE ÉCOLE') as value`))[0]!,
  };
  await client.end();
  expect(await server.stop()).toBe(0);
  return findings;
}

const RICH = {
  LANG: 'de_DE.UTF-8',
  LC_ALL: 'de_DE.UTF-8',
  TZ: 'America/New_York',
  PGTZ: 'Asia/Tokyo',
  HOME: '/',
  PGPORT: '1',
};

test('F8 an empty environment gives the same database as a full one', async () => {
  const [bare, rich] = await Promise.all([examine({}), examine(RICH)]);
  expect(bare).toMatchObject({ encoding: 'UTF8', timezone: 'UTC', text: 'Größe 日本 🎉', lower: 'grösse école' });
  expect(bare.found).toEqual(['GRÖSSE', 'Größe']);
  expect(rich).toEqual(bare);
});

if (othersCanRun) {
  test('F8 as an ordinary user, an empty environment gives the same database as a full one', async () => {
    const user = { uid: account!.uid, gid: account!.gid };
    const [bare, rich] = await Promise.all([examine({}, user), examine(RICH, user)]);
    expect(bare).toMatchObject({ encoding: 'UTF8', timezone: 'UTC', text: 'Größe 日本 🎉', lower: 'grösse école' });
    expect(rich).toEqual(bare);
  });
}

test('F8 control: initdb with the environment creates a database that is not UTF-8', async () => {
  const directory = await temporaryDirectory(account);
  const clusterDir = path.join(directory, 'database');
  const options = { cwd: directory, ...(account && { account }) };
  const made = await run(
    program(await usableBinaries(), 'initdb'),
    ['-D', clusterDir, '-U', 'atrium', '--auth=trust'],
    options,
  );
  expect(made.code, made.output).toBe(0);
  const port = await freePort();
  expect((await bareStart(clusterDir, port)).code).toBe(0);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'atrium', database: 'postgres' });
  await client.connect();
  const { rows } = await client.query('show server_encoding');
  expect(rows[0].server_encoding).toBe('SQL_ASCII');
  await client.end();
});
