import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anyCharacter } from '../../../../test/any-character.ts';
import { findPostmaster, isServerOf, parsePidFile } from './postmaster.ts';
import { inspectProcess } from './process-info.ts';

const log = pino({ level: 'silent' });
let clusterDir: string;

beforeEach(async () => {
  clusterDir = await mkdtemp(path.join(os.tmpdir(), 'atrium-postmaster-'));
});

afterEach(() => rm(clusterDir, { recursive: true, force: true }));

test('a pid file is parsed, also while PostgreSQL is writing it', () => {
  const whole = '123\n/data\n1700000000\n5433\n\n127.0.0.1\n  5433   0\nready   \n';
  expect(parsePidFile(whole)).toEqual({ pid: 123, port: 5433 });
  expect(parsePidFile('123\n/data\n')).toEqual({ pid: 123, port: undefined });
  expect(parsePidFile('')).toBeUndefined();
});

test('any content of a pid file gives a server with a positive id or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const found = parsePidFile(text);
      expect(found === undefined || found.pid > 0).toBe(true);
    }),
  );
});

test('without a file no server is running', async () => {
  expect(await findPostmaster(clusterDir, log)).toBeUndefined();
});

test.each(['999999999\n', 'garbage', '', '0\n', '-1\n'])('the file %j without a process is removed', async (text) => {
  const file = path.join(clusterDir, 'postmaster.pid');
  await writeFile(file, text);
  expect(await findPostmaster(clusterDir, log)).toBeUndefined();
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('another process is not our server, even with our directory on its command line', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', clusterDir], { stdio: 'ignore' });
  const info = await inspectProcess(child.pid ?? 0);
  expect(info.state).toBe('alive');
  expect(isServerOf(info, clusterDir)).toBe(false);
  child.kill('SIGKILL');
  await expect.poll(async () => (await inspectProcess(child.pid ?? 0)).state).toBe('gone');
});
