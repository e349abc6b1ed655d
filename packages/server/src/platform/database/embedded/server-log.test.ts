import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareLog, rotateLog, tailLog } from './server-log.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-log-'));
  file = path.join(directory, 'database.log');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test('the log is private, and an error shows its end', async () => {
  expect(await tailLog(file)).toBe('');
  await prepareLog(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await appendFile(file, Array.from({ length: 1_000 }, (_, index) => `line ${index}\n`).join(''));
  const tail = (await tailLog(file)).split('\n');
  expect(tail).toHaveLength(8);
  expect(tail.at(-1)).toBe('line 999');
});

test('a large log is truncated in place, so that a process that has it open continues in it', async () => {
  await appendFile(file, 'x'.repeat(6 * 1024 * 1024));
  const { ino } = await stat(file);
  await rotateLog(file);
  expect((await stat(file)).size).toBe(0);
  expect((await stat(file)).ino).toBe(ino);
  expect((await stat(`${file}.1`)).size).toBe(6 * 1024 * 1024);
  await appendFile(file, 'more');
  await rotateLog(file);
  expect(await readFile(file, 'utf8')).toBe('more');
});
