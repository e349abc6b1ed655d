import { chmod, chown, mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstBarrier } from './reach.ts';

const STRANGER = { name: 'stranger', uid: 64_321, gid: 64_321 };
let directory: string;

beforeEach(async () => {
  directory = path.join(await realpath(await mkdtemp(path.join(os.tmpdir(), 'atrium-reach-'))), 'a', 'b');
  await mkdir(directory, { recursive: true });
  for (const step of [path.dirname(path.dirname(directory)), path.dirname(directory), directory])
    await chmod(step, 0o755);
});

afterEach(() => rm(path.dirname(path.dirname(directory)), { recursive: true, force: true }));

test('open directories are not a barrier', async () => {
  expect(await firstBarrier(directory, STRANGER)).toBeUndefined();
});

test('a private directory anywhere on the path is the barrier', async () => {
  await chmod(path.dirname(directory), 0o700);
  expect(await firstBarrier(directory, STRANGER)).toBe(path.dirname(directory));
});

test("the owner's bits apply to the owner, the group's to the group, and others' to neither", async () => {
  const { uid, gid } = await stat(directory);
  await chmod(directory, 0o671);
  expect(await firstBarrier(directory, { name: 'owner', uid, gid: 64_321 })).toBe(directory);
  expect(await firstBarrier(directory, { name: 'group', uid: 64_321, gid })).toBeUndefined();
  await chmod(directory, 0o701);
  expect(await firstBarrier(directory, { name: 'group', uid: 64_321, gid })).toBe(directory);
  expect(await firstBarrier(directory, STRANGER)).toBeUndefined();
});

test('a missing path cannot be passed', async () => {
  expect(await firstBarrier(path.join(directory, 'absent'), STRANGER)).toBe(path.join(directory, 'absent'));
});

// Only root can give a directory to a group that it is not in.
if (process.geteuid?.() === 0) {
  test('permission by group is sufficient', async () => {
    await chown(directory, 0, STRANGER.gid);
    await chmod(directory, 0o710);
    expect(await firstBarrier(directory, STRANGER)).toBeUndefined();
  });
}
