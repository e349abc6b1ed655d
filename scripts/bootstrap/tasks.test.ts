import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const { settingsFor } = await import(new URL('./tasks.mjs', import.meta.url).href);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'atrium-tasks-'));
});
afterEach(() => rm(root, { recursive: true }));

it('asks Node for .env only where there is one, so that no start speaks of a file that need not be', async () => {
  expect(settingsFor('start', root)).toEqual([]);
  await writeFile(path.join(root, '.env'), 'PORT=1\n');
  expect(settingsFor('start', root)).toEqual(['--env-file=.env']);
  expect(settingsFor('dev', root)).toEqual(['--env-file=.env']);
  expect(settingsFor('atrium', root)).toEqual(['--env-file=.env']);
  expect(settingsFor('test', root)).toEqual([]);
});
