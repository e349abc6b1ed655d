import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const { settingsFor, TASKS, trustAuthorities } = await import(new URL('./tasks.mjs', import.meta.url).href);
const repository = path.resolve(import.meta.dirname, '../..');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'atrium-tasks-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

it('asks Node for .env only where there is one, so that no start speaks of a file that need not be', async () => {
  expect(settingsFor('start', root)).toEqual([]);
  await writeFile(path.join(root, '.env'), 'PORT=1\n');
  expect(settingsFor('start', root)).toEqual(['--env-file=.env']);
  expect(settingsFor('dev', root)).toEqual(['--env-file=.env']);
  expect(settingsFor('atrium', root)).toEqual(['--env-file=.env']);
  expect(settingsFor('test', root)).toEqual([]);
});

it('hands on the authorities that .env names, unless the environment names others, and only to what reads .env', async () => {
  vi.stubEnv('NODE_EXTRA_CA_CERTS', undefined);
  const named = () => process.env.NODE_EXTRA_CA_CERTS;
  trustAuthorities('start', root);
  expect(named(), 'without .env').toBeUndefined();
  await writeFile(path.join(root, '.env'), 'PORT=1\nNODE_EXTRA_CA_CERTS=/etc/ssl/own.pem\n');
  trustAuthorities('test', root);
  expect(named()).toBeUndefined();
  trustAuthorities('start', root);
  expect(named()).toBe('/etc/ssl/own.pem');
  vi.stubEnv('NODE_EXTRA_CA_CERTS', '/etc/ssl/other.pem');
  trustAuthorities('atrium', root);
  expect(named()).toBe('/etc/ssl/other.pem');
});

it('has a task for each npm script, and a file for each task', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(Object.keys(TASKS).sort()).toEqual(Object.keys(scripts).sort());
  for (const [name, command] of Object.entries(scripts)) expect(command).toContain(`run.mjs ${name}`);
  const files = (Object.values(TASKS) as string[][]).map(([file = '']) => file);
  expect(files.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
});
