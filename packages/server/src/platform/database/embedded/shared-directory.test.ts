import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkSharedCluster, openSharedDirectory, shareBinaries } from './shared-directory.ts';

const log = pino({ level: 'silent' });
const STRANGER = { name: 'stranger', uid: 64_321, gid: 64_321 };
let directory: string;

beforeEach(async () => {
  directory = await realpath(await mkdtemp(path.join(os.tmpdir(), 'atrium-shared-')));
  await chmod(directory, 0o755);
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function makeBinaries(): Promise<{ native: string; version: string }> {
  const native = path.join(directory, 'private', 'native');
  await mkdir(path.join(native, 'bin'), { recursive: true });
  await mkdir(path.join(native, 'lib'), { mode: 0o700 });
  await writeFile(path.join(native, 'bin', 'postgres'), '#!', { mode: 0o700 });
  await writeFile(path.join(native, 'lib', 'libx.so.1'), 'lib', { mode: 0o600 });
  await symlink('libx.so.1', path.join(native, 'lib', 'libx.so'));
  await chmod(path.join(directory, 'private'), 0o700);
  return { native, version: '1-test' };
}

test('the copy is readable for all, keeps its links, is reused, and is replaced when damaged', async () => {
  const binaries = await makeBinaries();
  const place = await openSharedDirectory([directory], STRANGER);
  const { native } = await shareBinaries(binaries, place);
  expect((await stat(path.join(native, 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
  expect((await stat(path.join(native, 'lib'))).mode & 0o777).toBe(0o755);
  expect((await stat(path.join(native, 'lib', 'libx.so.1'))).mode & 0o777).toBe(0o644);
  expect(await readlink(path.join(native, 'lib', 'libx.so'))).toBe('libx.so.1');
  const { ino } = await stat(native);
  await shareBinaries(binaries, place);
  expect((await stat(native)).ino).toBe(ino);
  await appendFile(path.join(native, 'bin', 'postgres'), 'damage');
  await shareBinaries(binaries, place);
  expect((await stat(path.join(native, 'bin', 'postgres'))).size).toBe(2);
});

test('simultaneous copies all end with a complete one', async () => {
  const binaries = await makeBinaries();
  const place = await openSharedDirectory([directory], STRANGER);
  const copies = await Promise.all(Array.from({ length: 5 }, () => shareBinaries(binaries, place)));
  expect(new Set(copies.map((copy) => copy.native)).size).toBe(1);
  expect((await stat(path.join(copies[0]!.native, 'bin', 'postgres'))).size).toBe(2);
});

test('a directory that others may write to, or that does not exist, is skipped', async () => {
  const open = path.join(directory, 'open');
  await mkdir(path.join(open, 'atrium'), { recursive: true });
  await chmod(path.join(open, 'atrium'), 0o777);
  await expect(openSharedDirectory([open, path.join(directory, 'absent')], STRANGER)).rejects.toThrow(
    'no writable place',
  );
  expect(await openSharedDirectory([open, directory], STRANGER)).toBe(path.join(directory, 'atrium'));
});

test('simultaneous links have the same target; a recreated data directory gets another', async () => {
  const link = path.join(directory, 'data', 'database');
  await mkdir(path.dirname(link));
  const targets = await Promise.all(Array.from({ length: 5 }, () => linkSharedCluster(link, directory, log)));
  expect(new Set(targets).size).toBe(1);
  expect((await lstat(path.dirname(targets[0]!))).isDirectory()).toBe(true);
  await rm(link);
  expect(await linkSharedCluster(link, directory, log)).not.toBe(targets[0]);
});
