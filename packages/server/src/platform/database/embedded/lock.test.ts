import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirInUse } from '../errors.ts';
import { takeOwnership } from './lock.ts';

let directory: string;
let clusterDir: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-lock-'));
  clusterDir = path.join(directory, 'database');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function ownerProcess() {
  const script = `
    import { takeOwnership } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
    await takeOwnership(${JSON.stringify(clusterDir)});
    process.stdout.write('held');
    setInterval(() => 0, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('a second owner is refused by name until the first releases the lock', async () => {
  const first = await takeOwnership(clusterDir);
  const refused = takeOwnership(clusterDir, 0);
  await expect(refused).rejects.toBeInstanceOf(DataDirInUse);
  await expect(refused).rejects.toThrow(`process ${process.pid}`);
  first.release();
  first.release();
  (await takeOwnership(clusterDir, 0)).release();
  expect((await stat(`${clusterDir}.lock`)).mode & 0o777).toBe(0o600);
});

test('a lock of another process is respected, and kill -9 releases it', async () => {
  const owner = await ownerProcess();
  await expect(takeOwnership(clusterDir, 0)).rejects.toBeInstanceOf(DataDirInUse);
  const waiting = takeOwnership(clusterDir, 2_000);
  owner.kill('SIGKILL');
  (await waiting).release();
});

test('a lock that cannot be opened is reported', async () => {
  await expect(takeOwnership(path.join(directory, 'absent', 'database'), 0)).rejects.toThrow('cannot be opened');
});
