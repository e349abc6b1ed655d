import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const { isTooOldForNpm, withNodeForNpm } = await import(new URL('./npm-node.mjs', import.meta.url).href);
const { npm } = await import(new URL('./npm.mjs', import.meta.url).href);

/** Stands in for npm: brings "node" as the real one would, and writes down which Node runs it. */
const NPM = `
import { appendFileSync, cpSync, mkdirSync } from 'node:fs';
const [command] = process.argv.slice(2);
appendFileSync(process.env.TOLD, JSON.stringify({ command, node: process.execPath, cwd: process.cwd() }) + '\\n');
if (command === 'install') {
  mkdirSync('node_modules/node/bin', { recursive: true });
  cpSync(process.execPath, 'node_modules/node/bin/node');
}
`;

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'atrium-npm-node-')));
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ devDependencies: { node: '24.21.0' } }));
  mkdirSync(path.join(root, 'npm'));
  writeFileSync(path.join(root, 'npm/package.json'), '{"type":"module"}');
  writeFileSync(path.join(root, 'npm/npm-cli.js'), NPM);
  writeFileSync(path.join(root, 'told'), '');
  vi.stubEnv('npm_execpath', path.join(root, 'npm/npm-cli.js'));
  vi.stubEnv('TOLD', path.join(root, 'told'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const told = () =>
  readFileSync(path.join(root, 'told'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { command: string; node: string; cwd: string });

it.each([
  ['20.0.0', true],
  ['20.19.4', true],
  ['22.12.0', true],
  ['22.18.9', true],
  ['22.19.0', false],
  ['24.0.0', false],
])('says of Node %s whether npm on it would leave parts out: %s', (version, isTooOld) => {
  expect(isTooOldForNpm(version)).toBe(isTooOld);
});

it('has npm install on the own Node of the project where that of the machine is old', async () => {
  const ci = (node: string | undefined) => npm(root, ['ci'], () => {}, node);
  expect(await withNodeForNpm(root, () => {}, ci, '20.0.0')).toMatchObject({ code: 0 });
  const [first, second] = told();
  expect(first).toMatchObject({ command: 'install', cwd: path.join(root, '.install-node') });
  expect(second).toEqual({
    command: 'ci',
    cwd: root,
    node: path.join(root, '.install-node/node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  });
});

it('has npm install on the Node of the machine where that is new enough', async () => {
  const ci = (node: string | undefined) => npm(root, ['ci'], () => {}, node);
  await withNodeForNpm(root, () => {}, ci, '24.0.0');
  expect(told().map(({ command }) => command)).toEqual(['ci']);
});
