import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../test/app.ts';
import { atrium } from '../../test/command.ts';
import { testDatabase } from '../../test/database.ts';

let app: TestApp;
let env: Record<string, string>;
let dataDir: string;
beforeAll(async () => {
  app = await testApp();
  dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-command-'));
  env = { DATABASE_URL: app.database.url, DATA_DIR: dataDir };
});
afterAll(async () => {
  await app?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const address = () => `${randomUUID()}@example.org`;
const signIn = (email: string, password: string) => app.call('auth.login', { email, password });

describe('the command line', () => {
  it.each([
    ['--help'],
    ['admin', '--help'],
    ['admin', 'create', '--help'],
    ['admin', 'reset', '--help'],
    ['doctor', '--help'],
    ['migrate', '--help'],
    ['testmail', '--help'],
  ])('explains itself: %s %s %s', async (...args) => {
    const { code, stdout, stderr } = await atrium(args, { env });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: atrium`);
  });

  it('explains what is wrong, and where to find help', async () => {
    for (const args of [['fly'], ['doctor', '--fast'], ['admin', 'create', '--name', 'Ann'], ['testmail'], []]) {
      const { code, stdout, stderr } = await atrium(args, { env });
      expect([args, code, stdout]).toEqual([args, 64, '']);
      expect(stderr).toMatch(/--help|Usage/);
    }
  });

  it('names each invalid setting', async () => {
    const ran = await atrium(['admin', 'list'], { env: { ...env, PORT: 'x', TRUST_PROXY: 'me' } });
    expect(ran).toMatchObject({ code: 78, stdout: '' });
    expect(ran.stderr).toMatch(/PORT must be[\s\S]*TRUST_PROXY must be/);
  });

  it('prints results and errors as JSON on request', async () => {
    const good = await atrium(['--json', 'admin', 'list'], { env });
    expect(JSON.parse(good.stdout)).toEqual({ administrators: expect.any(Array) });
    const bad = await atrium(['--json', 'admin', 'list'], { env: { ...env, PORT: 'x' } });
    expect(JSON.parse(bad.stderr)).toEqual({
      error: { message: expect.stringContaining('PORT'), next: expect.any(String), exitCode: 78 },
    });
  });
});

describe('atrium admin', () => {
  it('creates an administrator while the server runs, who can then sign in', async () => {
    const email = address();
    const ran = await atrium(['admin', 'create', '--email', email, '--name', 'Ann', '--json'], { env });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { id, password } = JSON.parse(ran.stdout) as { id: string; password: string };
    expect(await signIn(email, password)).toMatchObject({ user: { id, role: 'admin', emailVerified: true } });
    const { rows } = await app.database.pool.query('select kind from audit_log where target_id = $1', [id]);
    expect(rows).toContainEqual({ kind: 'registered' });
    expect((await app.call('instance.get', {})).isSetUp).toBe(true);
    const list = await atrium(['admin', 'list'], { env });
    expect(list.stdout).toContain(email);
  });

  it('reads a password from standard input, and refuses a weak one, and a taken or missing address', async () => {
    const email = address();
    const create = (stdin: string, to = email) =>
      atrium(['admin', 'create', '--email', to, '--name', 'Ben', '--password-stdin'], { env, stdin });
    expect(await create('password1\n')).toMatchObject({ code: 1, stdout: '' });
    expect((await create('a good long phrase\nand more\n')).stdout).not.toContain('phrase');
    await signIn(email, 'a good long phrase');
    expect((await create('another long phrase\n')).stderr).toMatch(/already/);
    expect((await create('another long phrase\n', 'nowhere')).stderr).toContain('--email');
    expect(await create('')).toMatchObject({ code: 64 });
  });

  it('resets a password, ends sessions and tokens, can be repeated, and refuses unknown addresses', async () => {
    const email = address();
    const made = await atrium(['admin', 'create', '--email', email, '--name', 'Cleo', '--json'], { env });
    const { id, password } = JSON.parse(made.stdout) as { id: string; password: string };
    await signIn(email, password);
    await app.database.pool.query('update account set disabled_at = now() where id = $1', [id]);
    const reset = () => atrium(['admin', 'reset', email, '--remove-two-factor', '--json'], { env });
    const again = JSON.parse((await reset()).stdout) as { password: string };
    await expect(signIn(email, password)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await signIn(email, again.password);
    const events = await app.events(`user:${id}`);
    expect(events.map(({ type }) => type)).toContain('session:revoked');
    expect(await atrium(['admin', 'reset', address()], { env })).toMatchObject({ code: 1 });
  });

  it('grants the role of administrator only on request', async () => {
    const dora = await app.person('Dora');
    const refused = await atrium(['admin', 'reset', dora.email], { env });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('--grant');
    expect(await atrium(['admin', 'reset', dora.email, '--grant'], { env })).toMatchObject({ code: 0 });
    const { rows } = await app.database.pool.query('select role from account where id = $1', [dora.userId]);
    expect(rows).toEqual([{ role: 'admin' }]);
  });
});

describe('the schema', () => {
  it('is created by "migrate"; other commands say that it is missing', async () => {
    const empty = await testDatabase({ template: false });
    const onEmpty = { env: { ...env, DATABASE_URL: empty.url } };
    try {
      await empty.pool.query('create table migration (id int primary key, name text, sha256 text)');
      expect((await atrium(['doctor', '--json'], onEmpty)).stdout).toMatch(/"migrations","status":"warning"/);
      await empty.pool.query('drop table migration');
      expect(JSON.parse((await atrium(['migrate', '--json'], onEmpty)).stdout).applied.length).toBeGreaterThan(30);
      expect((await atrium(['migrate'], onEmpty)).stdout).toContain('up to date');
      await empty.pool.query('delete from migration where id = (select max(id) from migration)');
      expect(await atrium(['admin', 'list'], onEmpty)).toMatchObject({ code: 69, stdout: '' });
    } finally {
      await empty.close();
    }
  });
});

it('reports that a database is not reachable', async () => {
  const wrong = new URL(app.database.url);
  wrong.password = 'wrong';
  const ran = await atrium(['admin', 'list'], { env: { ...env, DATABASE_URL: wrong.href } });
  expect(ran).toMatchObject({ code: 69, stdout: '' });
  expect(ran.stderr).not.toContain('    at ');
});
