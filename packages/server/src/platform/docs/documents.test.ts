import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { committedDocuments } from './documents.ts';

const root = new URL('../../../../../', import.meta.url);

describe('the committed documents', () => {
  it.each(Object.entries(committedDocuments()))('%s says what the contract says', (name, text) => {
    const same = readFileSync(new URL(name, root), 'utf8') === text;
    expect(same, `${name} is out of date: npm run generate`).toBe(true);
  });

  it('are deterministic', () => {
    expect(committedDocuments()).toEqual(committedDocuments());
  });
});
