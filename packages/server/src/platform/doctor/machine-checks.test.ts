import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDisk, checkSecrets, checkVersions, readableBytes, runChecks } from './index.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-doctor-'));
  await mkdir(path.join(dataDir, 'secrets'), { mode: 0o700 });
  await writeFile(path.join(dataDir, 'secrets', 'identity.json'), '{}', { mode: 0o600 });
});
afterEach(() => rm(dataDir, { recursive: true }));

it('checks the minimum version of Node', async () => {
  expect(await checkVersions({ program: '1.0.0', node: '24.1.0' })).toMatchObject({ status: 'ok' });
  expect(await checkVersions({ program: '1.0.0', node: '22.9.0' })).toMatchObject({ status: 'failed' });
});

describe('the disk', () => {
  const disk = (freeBytes: number) => async () => ({ bavail: freeBytes / 1_000, blocks: 50_000_000, bsize: 1_000 });
  const check = (freeBytes: number) =>
    checkDisk(dataDir, disk(freeBytes) as unknown as Parameters<typeof checkDisk>[1]);

  it('has enough, little or no free space', async () => {
    expect(await check(20e9)).toMatchObject({ status: 'ok', found: expect.stringContaining('20.0 GB of 50.0 GB') });
    expect(await check(1.5e9)).toMatchObject({ status: 'warning' });
    expect(await check(1e8)).toMatchObject({ status: 'failed' });
  });

  it('is measured', async () => {
    expect((await checkDisk(dataDir)).found).toContain(dataDir);
    await expect(checkDisk(path.join(dataDir, 'missing'))).rejects.toThrow('ENOENT');
  });
});

describe('the secrets', () => {
  it('are accessible only to the owner', async () => {
    expect(await checkSecrets(dataDir, [path.join(dataDir, 'no.env')])).toMatchObject({ status: 'ok' });
  });

  it.each(['secrets', 'secrets/identity.json', '.env'])('are readable by others through %s', async (name) => {
    const env = path.join(dataDir, '.env');
    await writeFile(env, '', { mode: 0o600 });
    const file = path.join(dataDir, name);
    await chmod(file, name === 'secrets' ? 0o750 : 0o604);
    const finding = await checkSecrets(dataDir, [env]);
    expect(finding).toMatchObject({ status: 'failed', found: expect.stringContaining(file) });
    expect(finding.next).toBe(`chmod go= ${file}`);
  });

  it('are in a directory that others cannot read, but the database’s user may traverse', async () => {
    await chmod(dataDir, 0o710);
    expect(await checkSecrets(dataDir)).toMatchObject({ status: 'ok' });
    await chmod(dataDir, 0o755);
    expect(await checkSecrets(dataDir)).toMatchObject({ status: 'warning' });
  });
});

it('reports each check as it ends, and stops those that time out', async () => {
  const told: string[] = [];
  const results = await runChecks(
    [
      { name: 'good', run: async () => ({ status: 'ok', found: 'fine' }) },
      { name: 'broken', run: () => Promise.reject(new AggregateError([new Error('no\n way')])) },
      { name: 'endless', run: () => new Promise(() => undefined) },
    ],
    ({ name }) => told.push(name),
    50,
  );
  expect(told).toEqual(['good', 'broken', 'endless']);
  expect(results.map(({ status }) => status)).toEqual(['ok', 'failed', 'failed']);
  expect(results[1]?.found).toContain('no way');
});

it('formats bytes', () => {
  expect([0, 999, 1_500, 123_456_789, 2e12, 5e15].map(readableBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.5 kB',
    '123 MB',
    '2.0 TB',
    '5000 TB',
  ]);
});
