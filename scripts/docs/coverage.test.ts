import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { localLinksOf, tableRowsOf } from './markdown.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');
const text = readFileSync(path.join(docs, 'COVERAGE.md'), 'utf8');

/** Lines of the contract that are built, wholly or in part; a new one is added here when it is. */
const BUILT = [
  ...['WI-1', 'WI-2', 'WI-3', 'WI-4', 'WI-5'],
  ...['ID-1', 'ID-2', 'ID-3', 'ID-4', 'ID-5', 'ID-6', 'ID-9', 'ID-10', 'ID-11', 'ID-12'],
  ...['WS-1', 'WS-2', 'WS-3', 'WS-4', 'WS-5'],
  ...['CH-1', 'CH-2', 'CH-3', 'CH-4', 'CH-5', 'CH-6', 'CH-7', 'CH-8', 'CH-9', 'CH-10', 'CH-11', 'CH-12'],
  ...['PR-1', 'PR-2', 'PR-3', 'PR-4', 'PR-5'],
  ...['SE-1', 'SE-2', 'SE-3', 'SE-4', 'SE-5', 'SE-6'],
  ...['AP-1', 'AP-2', 'AP-3', 'AD-3', 'AD-4', 'AD-5'],
  ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F13', 'F14', 'F15', 'F16', 'F17', 'F18', 'F19'],
  ...['F20', 'F21', 'F22', 'F23', 'F24', 'F25'],
];

const rows = tableRowsOf(text)
  .filter(([name]) => /^[A-Z]+-?\d+$/.test(name ?? ''))
  .map(([name = '', promise = '', tests = '', ...rest]) => ({ name, promise, tests: localLinksOf(tests), rest }));

describe('docs/COVERAGE.md', () => {
  it('has a line for everything that is built, once', () => {
    const names = rows.map(({ name }) => name);
    expect(
      BUILT.filter((name) => !names.includes(name)),
      'write a row for each into docs/COVERAGE.md',
    ).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(rows)('$name names tests that are there', ({ promise, tests, rest }) => {
    expect(promise).not.toBe('');
    expect(rest).toHaveLength(1);
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) {
      expect(test).toMatch(/\.test\.ts$/);
      expect(existsSync(path.join(docs, test)), test).toBe(true);
    }
  });
});
