import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestApp } from '../../../test/app.ts';
import { atrium } from '../../../test/command.ts';
import { testDatabase } from '../../../test/database.ts';
import { type S3Server, startS3Server } from '../../../test/s3-server.ts';
import { openBackupDestination } from '../../platform/backup/index.ts';
import { storedObjectKeys } from '../files/index.ts';
import { type FilesWorld, filesWorld } from '../files/test/world.ts';

const PASSPHRASE = 'seven words that nobody else would use';
const KEPT = 2;

let directory: string;
let s3: S3Server;
let world: FilesWorld;
const textOf = (bytes: number) => Buffer.from(randomBytes(bytes).toString('base64'));
const small = [textOf(1_000), textOf(2_000)];
/** Together larger than one part of an upload, even when compressed. */
const large = Array.from({ length: 3 }, () => textOf(6 << 20));
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atrium-backups-'));
  s3 = await startS3Server();
});
afterEach(() => world?.close());
afterAll(async () => {
  await s3?.close();
  await rm(directory, { recursive: true, force: true });
});

let servers = 0;

/** A server that takes backups, with a user who has files. */
async function serverThatStores(to: string, contents = small): Promise<{ env: Record<string, string>; app: TestApp }> {
  const settings = { BACKUP_TO: to, BACKUP_PASSPHRASE: PASSPHRASE, BACKUP_KEEP: String(KEPT), BACKUP_SECRETS: 'yes' };
  // The command and the server share their files.
  servers += 1;
  const dataDir = path.join(directory, `server-${servers}`);
  world = await filesWorld({ env: { ...settings, DATA_DIR: dataDir, METRICS_TOKEN: 'a-token-of-this-test' } });
  const files = contents.map((content, at) => ({ name: `${at}.txt`, type: 'text/plain', content }));
  expect(await world.send(files)).toMatchObject({ status: 201 });
  const env = { ...settings, DATABASE_URL: world.app.database.url, DATA_DIR: dataDir };
  // With the embedded database, the secrets are here.
  await atrium(['doctor'], { env });
  return { env, app: world.app };
}

/** Runs the job as when a backup is due. */
const storeByJob = ({ app, database }: TestApp) =>
  database.transaction((tx) => app.jobs.addJobs(tx, [{ job: { name: 'backups.store' }, data: {} }]));
const runs = async ({ database }: TestApp) =>
  (await database.pool.query('select name, bytes, rows, failure from backup_run order by started_at')).rows;
const ended = (app: TestApp, count: number) =>
  vi.waitFor(
    async () => {
      const all = await runs(app);
      expect(all.filter(({ bytes, failure }) => bytes !== null || failure !== null)).toHaveLength(count);
    },
    { timeout: 40_000, interval: 100 },
  );
const finding = async (app: TestApp) => {
  const root = await app.person('Root');
  await app.database.pool.query(`update account set role = 'admin' where id = $1`, [root.userId]);
  const { checks } = await app.as({ ...root.actor, role: 'admin' })('doctor.run', {});
  return checks.find(({ name }) => name === 'backup');
};
const metrics = async () => {
  const answer = await fetch(`${world.url}/metrics`, { headers: { authorization: 'Bearer a-token-of-this-test' } });
  return (await answer.text()).split('\n').filter((line) => line.startsWith('atrium_backup'));
};
const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');

describe.each(['a directory', 'a bucket'])('in %s', (kind) => {
  const to = () => (kind === 'a bucket' ? `${s3.url}?prefix=nightly/` : path.join(directory, 'stored'));

  it('backups are stored by the server, listed, rotated and restored', async () => {
    const contents = kind === 'a bucket' ? large : small;
    const { app, env } = await serverThatStores(to(), contents);
    expect(await finding(app)).toMatchObject({ status: 'warning', found: expect.stringContaining('No backup is in') });
    await storeByJob(app);
    await ended(app, 1);
    expect(await runs(app)).toMatchObject([
      { failure: null, name: expect.stringMatching(/^atrium-\d{8}T\d{6}Z\.backup$/) },
    ]);
    expect(await finding(app)).toMatchObject({ status: 'ok', found: expect.stringContaining('1 backup is in') });
    const [failing, success] = await metrics().then((lines) => lines.sort());
    expect(failing).toBe('atrium_backup_failing 0');
    expect(Math.abs(Number(success?.split(' ')[1]) - Date.now() / 1_000)).toBeLessThan(600);

    // Not due again: the next run changes nothing.
    await storeByJob(app);
    for (let more = 0; more < 2; more += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(await atrium(['backup', '--stored'], { env })).toMatchObject({ code: 0 });
    }
    const names = (await runs(app)).map(({ name }) => name);
    expect(names).toHaveLength(3);
    const listed = JSON.parse((await atrium(['--json', 'backup', '--list'], { env })).stdout);
    expect(listed.backups.map(({ name }: { name: string }) => name)).toEqual(names.slice(-KEPT).toReversed());

    const target = await testDatabase({ template: false });
    const dataDir = path.join(directory, `restored to from ${kind}`);
    try {
      const into = { ...env, DATABASE_URL: target.url, DATA_DIR: dataDir };
      expect(await atrium(['restore', 'latest', '--stored', '--check'], { env: into })).toMatchObject({ code: 0 });
      const wrong = { ...into, BACKUP_PASSPHRASE: 'twelve other words' };
      expect(await atrium(['restore', 'latest', '--stored'], { env: wrong })).toMatchObject({ code: 65 });
      const restored = await atrium(['--json', 'restore', names[2], '--stored'], { env: into });
      expect(JSON.parse(restored.stdout)).toMatchObject({ objects: contents.length, notes: [] });
      const digests: string[] = [];
      for await (const key of storedObjectKeys(target.db)) {
        const file = path.join(dataDir, 'files', key.slice(34, 36), key);
        digests.push(digest(await readFile(file)));
      }
      expect(digests.sort()).toEqual(contents.map(digest).sort());
    } finally {
      await target.close();
    }
    expect(await atrium(['restore', 'atrium-20200101T000000Z.backup', '--stored'], { env })).toMatchObject({
      code: 66,
    });
  }, 180_000);
});

describe('a backup that cannot be stored', () => {
  it('is reported to administrators, by the checks and the metrics, deletes nothing, and is retried', async () => {
    const { app, env } = await serverThatStores(`${s3.url}?prefix=failing/`);
    const root = await app.person('Administrator');
    await app.database.pool.query(`update account set role = 'admin' where id = $1`, [root.userId]);
    expect(await atrium(['backup', '--stored'], { env })).toMatchObject({ code: 0 });
    await s3.stop();
    await app.database.pool.query(
      `update backup_run set started_at = started_at - interval '2 days', ended_at = ended_at - interval '2 days'`,
    );
    await storeByJob(app);
    await ended(app, 2);
    expect((await runs(app))[1]).toMatchObject({ bytes: null, failure: expect.any(String) });
    expect(JSON.stringify(await runs(app))).not.toContain('S3RVER:');
    expect(await finding(app)).toMatchObject({ status: 'failed', found: expect.stringContaining('failed: ') });
    expect(await metrics()).toContain('atrium_backup_failing 1');
    await vi.waitFor(async () => {
      const { items } = await root.call('notifications.list', {});
      expect(items.map(({ body }) => body).join()).toContain('backups.store');
    });

    await s3.start();
    const [kept, ...others] = await openBackupDestination(`${s3.url}?prefix=failing/`).list();
    expect([kept?.name, others]).toEqual([(await runs(app))[0].name, []]);
    // It failed, so the next one is due although the period is not over.
    await storeByJob(app);
    await ended(app, 3);
    expect(await finding(app)).toMatchObject({ status: 'ok' });
    expect(await metrics()).toContain('atrium_backup_failing 0');
  }, 180_000);

  it('is detected if it is missing, changed or old', async () => {
    const to = path.join(directory, 'watched');
    const { app, env } = await serverThatStores(to);
    expect(await atrium(['backup', '--stored'], { env })).toMatchObject({ code: 0 });
    const [name = ''] = await readdir(to);
    expect((await stat(path.join(to, name))).mode & 0o077).toBe(0);
    await truncate(path.join(to, name), 1_000);
    expect(await finding(app)).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('1000 bytes instead'),
    });
    await rm(path.join(to, name));
    expect(await finding(app)).toMatchObject({ status: 'failed', found: expect.stringContaining('is not there') });
    await app.database.pool.query(
      `update backup_run set started_at = started_at - interval '3 days', ended_at = ended_at - interval '3 days'`,
    );
    expect(await finding(app)).toMatchObject({ status: 'failed', found: expect.stringContaining('due every 24 h') });
  }, 60_000);

  it('of a killed process is deleted by a later one, and other files stay', async () => {
    const to = path.join(directory, 'shared');
    const { env } = await serverThatStores(to);
    expect(await atrium(['backup', '--stored'], { env })).toMatchObject({ code: 0 });
    const [first = ''] = await readdir(to);
    const old = 'atrium-20200101T000000Z.backup.unfinished';
    const running = 'atrium-20990101T000000Z.backup.unfinished';
    for (const name of [old, running, 'notes.txt', 'other.unfinished']) await writeFile(path.join(to, name), 'x');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await atrium(['backup', '--stored'], { env })).toMatchObject({ code: 0 });
    const names = await readdir(to);
    expect(names).not.toContain(old);
    expect(names).toEqual(expect.arrayContaining([first, running, 'notes.txt', 'other.unfinished']));
  }, 60_000);
});

it('checks its arguments', async () => {
  const env = { DATA_DIR: path.join(directory, 'command') };
  for (const args of [['backup', 'b', '--stored'], ['backup', '--stored', '--list'], ['backup']]) {
    expect([args, (await atrium(args, { env })).code]).toEqual([args, 64]);
  }
  expect(await atrium(['backup', '--list'], { env })).toMatchObject({ code: 78 });
  const halfSet = { ...env, BACKUP_TO: '/backups' };
  expect(await atrium(['backup', '--list'], { env: halfSet })).toMatchObject({
    code: 78,
    stderr: expect.stringContaining('BACKUP_PASSPHRASE must be set, because BACKUP_TO is.'),
  });
});
