import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const { fingerprint, isInstalled, markInstalled, clearInstalled, npmInstalledTheSame } = await import(
  new URL('./fingerprint.mjs', import.meta.url).href
);

const other = process.platform === 'linux' ? 'darwin' : 'linux';
const manifest = { name: 'root', workspaces: ['packages/a'], dependencies: { x: '1.0.0' }, scripts: { start: 'one' } };
const locked = {
  '': {},
  'packages/a': {},
  'node_modules/a': { resolved: 'packages/a', link: true },
  'node_modules/x': { version: '1.0.0', integrity: 'sha512-x' },
  'node_modules/x-elsewhere': { version: '1.0.0', integrity: 'sha512-y', optional: true, os: [other] },
};
let root: string;

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(content));
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atrium-fingerprint-'));
  write('package.json', manifest);
  write('packages/a/package.json', { name: 'a' });
  write('package-lock.json', { packages: locked });
  write('node_modules/node/bin/node', '');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('fingerprint', () => {
  it.each([
    ['the lock file', 'package-lock.json', { packages: {} }],
    ['a dependency of the root', 'package.json', { ...manifest, dependencies: { x: '2.0.0' } }],
    ['a dependency of a workspace', 'packages/a/package.json', { name: 'a', dependencies: { x: '1.0.0' } }],
    ['the scripts that may run', 'package.json', { ...manifest, allowScripts: { x: true } }],
  ])('changes with %s', (_, path, content) => {
    const before = fingerprint(root);
    write(path, content);
    expect(fingerprint(root)).not.toBe(before);
  });

  it('does not change with a script', () => {
    const before = fingerprint(root);
    write('package.json', { ...manifest, scripts: { start: 'two' } });
    expect(fingerprint(root)).toBe(before);
  });
});

describe('a finished install', () => {
  it('counts until something changes or is taken away', () => {
    const wanted = fingerprint(root);
    expect(isInstalled(root, wanted)).toBe(false);
    markInstalled(root, wanted);
    expect(isInstalled(root, wanted)).toBe(true);
    expect(isInstalled(root, 'another')).toBe(false);
    rmSync(join(root, 'node_modules/node'), { recursive: true });
    expect(isInstalled(root, wanted)).toBe(false);
  });

  it('does not count while the next one runs', () => {
    const wanted = fingerprint(root);
    markInstalled(root, wanted);
    clearInstalled(root);
    expect(isInstalled(root, wanted)).toBe(false);
  });
});

describe('an install by npm itself', () => {
  const { '': _root, 'node_modules/x-elsewhere': _elsewhere, ...installed } = locked;
  const record = (packages: object) => write('node_modules/.package-lock.json', { packages });

  it('counts if it is what the lock file asks for on this machine', () => {
    record(installed);
    expect(npmInstalledTheSame(root)).toBe(true);
  });

  it.each([
    ['another version', { ...installed, 'node_modules/x': { version: '1.0.1', integrity: 'sha512-x' } }],
    ['another content', { ...installed, 'node_modules/x': { version: '1.0.0', integrity: 'sha512-z' } }],
    ['a package too many', { ...installed, 'node_modules/y': { version: '1.0.0', integrity: 'sha512-y' } }],
    ['a package too few', { 'node_modules/a': installed['node_modules/a'] }],
  ])('does not count with %s', (_, packages) => {
    record(packages);
    expect(npmInstalledTheSame(root)).toBe(false);
  });

  it('does not count without a record', () => {
    expect(npmInstalledTheSame(root)).toBe(false);
  });
});
