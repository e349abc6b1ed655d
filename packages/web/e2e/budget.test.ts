import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

/** One file of the build, as Vite's manifest has it. */
interface Chunk {
  file: string;
  imports?: string[];
}

const dist = path.resolve(import.meta.dirname, '../dist');
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** In kB = KiB after gzip. */
const FIRST_SCREEN_KB = 250;
const ANY_SCREEN_KB = 150;

/** A chunk with all that it cannot do without. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of manifest[name]?.imports ?? []) withImports(other, seen);
  return seen;
}

const weigh = (name: string) =>
  gzipSync(readFileSync(path.join(dist, manifest[name]?.file ?? '')), { level: 9 }).length / 1024;
const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + weigh(name), 0);
/** The heaviest by name, so that whoever broke the budget sees with what. */
const heaviest = (names: Iterable<string>) =>
  [...names]
    .map((name) => `${name} ${weigh(name).toFixed(1)} kB`)
    .toSorted((a, b) => Number.parseFloat(b.split(' ').at(-2) ?? '') - Number.parseFloat(a.split(' ').at(-2) ?? ''))
    .slice(0, 8)
    .join(', ');

/** What the page itself loads; the build puts it into one chunk. */
const entry = withImports(Object.keys(manifest).find((name) => /^_app-.*\.js$/.test(name)) ?? '');
const conversation = withImports('src/app/chat-pages.tsx');

it('needs little before a conversation can be read', () => {
  const needed = new Set([...entry, ...conversation]);
  expect(sum(needed), heaviest(needed)).toBeLessThan(FIRST_SCREEN_KB);
});

it('needs few files for that: browsers fetch six at a time', () => {
  expect([...entry].length).toBeLessThanOrEqual(4);
  expect(new Set([...entry, ...conversation]).size).toBeLessThanOrEqual(40);
});

it.each(Object.keys(manifest).filter((name) => name.startsWith('src/app/') && name !== 'src/app/chat-pages.tsx'))(
  '%s adds little to what is there',
  (name) => {
    const added = [...withImports(name)].filter((each) => !entry.has(each));
    expect(sum(added), heaviest(added)).toBeLessThan(ANY_SCREEN_KB);
  },
);
