import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const COLUMNS = 120;
const root = path.resolve(import.meta.dirname, '../..');
const guides = readdirSync(path.join(root, 'docs/guides')).map((name) => `docs/guides/${name}`);

it.each(['README.md', 'docs/ARCHITECTURE.md', 'docs/operations.md', ...guides])('%s keeps to its width', (file) => {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  // The row of a table cannot be wrapped.
  expect(lines.filter((line) => line.length > COLUMNS && !line.startsWith('|'))).toEqual([]);
});
