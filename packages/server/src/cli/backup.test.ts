import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../test/app.ts';
import { atrium } from '../../test/command.ts';
import { testDatabase } from '../../test/database.ts';
import { inheritedEnv } from '../../test/inherited-env.ts';
import { scratchDirectory } from '../../test/scratch.ts';

const COMMAND = fileURLToPath(new URL('main.ts', import.meta.url));

let app: TestApp;
let cwd: string;
let env: Record<string, string>;
beforeAll(async () => {
  app = await testApp();
  await app.person('Ann');
  cwd = await mkdtemp(path.join(scratchDirectory(), 'atrium-backup-'));
  env = { DATABASE_URL: app.database.url, DATA_DIR: path.join(cwd, 'data') };
  await writeFile(path.join(cwd, 'phrase'), 'seven words that nobody else would use\n');
  // The secrets are in the database, where nodes read them.
  await atrium(['doctor'], { env });
});
afterAll(async () => {
  await app?.close();
  await rm(cwd, { recursive: true, force: true });
});

it('checks its arguments', async () => {
  const run = (...args: string[]) => atrium(args, { env, cwd });
  for (const args of [
    ['backup'],
    ['backup', 'b'],
    ['backup', 'b', '--unencrypted', '--with-secrets'],
    ['restore', 'b', '--check', '--drill'],
  ]) {
    expect([args, (await run(...args)).code]).toEqual([args, 64]);
  }
  expect(await run('restore', 'missing', '--check')).toMatchObject({ code: 66, stdout: '' });
  expect(await run('backup', 'b', '--passphrase-file', 'missing')).toMatchObject({ code: 66, stdout: '' });
  expect(await run('backup', 'no/where', '--unencrypted')).toMatchObject({ stdout: '' });
  await writeFile(path.join(cwd, 'taken'), '');
  expect(await run('backup', 'taken', '--unencrypted')).toMatchObject({ code: 73 });
  expect(await run('restore', 'taken', '--check')).toMatchObject({ code: 65 });
  expect((await readdir(cwd)).sort()).toEqual(['data', 'phrase', 'taken']);
});

it('fails without leaving files when the disk is full', async () => {
  // Simulates a full disk: files of this process are limited to 2 kB, so writing fails midway.
  const limited = ['-c', 'ulimit -f 4; exec "$0" "$@"', process.execPath, COMMAND];
  const ran = await promisify(execFile)('sh', [...limited, 'backup', 'large', '--unencrypted'], {
    cwd,
    env: { ...inheritedEnv(), ...env },
  }).catch((error: { code: number; stderr: string }) => error);
  expect(ran).toMatchObject({ code: 73, stderr: expect.stringContaining('EFBIG') });
  expect((await readdir(cwd)).filter((name) => name.startsWith('large'))).toEqual([]);
});

it('takes a backup of a running instance with its secrets, and restores it into an empty one', async () => {
  const withPhrase = ['--passphrase-file', 'phrase', '--json'];
  const made = await atrium(['backup', 'whole', '--with-secrets', ...withPhrase], { env, cwd });
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('public.account: 1 rows') });
  expect(JSON.parse(made.stdout)).toMatchObject({ file: path.join(cwd, 'whole'), objects: 0, missingObjects: 0 });
  expect((await stat(path.join(cwd, 'whole'))).mode & 0o077).toBe(0);
  expect(await atrium(['restore', 'whole', '--check'], { env, cwd })).toMatchObject({ code: 65 });

  const database = await testDatabase({ template: false });
  const target = { DATABASE_URL: database.url, DATA_DIR: path.join(cwd, 'other') };
  try {
    const restored = await atrium(['restore', 'whole', ...withPhrase], { env: target, cwd });
    expect(JSON.parse(restored.stdout)).toMatchObject({ rows: JSON.parse(made.stdout).rows, notes: [] });
    const secrets = async (from: typeof database) =>
      (await from.pool.query('select content::json from identity_secret')).rows;
    expect(await secrets(database)).toEqual(await secrets(app.database));
  } finally {
    await database.close();
  }
});

it('takes a backup of an instance that has not started yet', async () => {
  const database = await testDatabase({ template: false });
  const target = { DATABASE_URL: database.url, DATA_DIR: path.join(cwd, 'new') };
  try {
    expect(await atrium(['migrate'], { env: target, cwd })).toMatchObject({ code: 0 });
    const made = await atrium(['backup', 'new.backup', '--unencrypted'], { env: target, cwd });
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(await atrium(['restore', 'new.backup', '--drill'], { env, cwd })).toMatchObject({ code: 0 });
  } finally {
    await database.close();
  }
});

it('drills: restores into an instance of its own, which is gone afterwards', async () => {
  await atrium(['backup', 'open', '--unencrypted'], { env, cwd });
  const drilled = await atrium(['restore', 'open', '--drill'], { env, cwd });
  expect(drilled).toMatchObject({ code: 0, stdout: expect.stringContaining('the program starts on it') });
  expect(drilled.stdout).toContain('no secrets');
});
